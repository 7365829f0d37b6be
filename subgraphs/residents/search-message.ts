import {
  type Content,
  childrenOf,
  element,
  find,
  malformed,
  needText,
  type XmlElement,
} from '../../lib/connect/xml.js';
import { AppError } from '../../lib/errors.js';
import { normalizeName } from '../../lib/names.js';
import { readBody, writeCode, writeDate } from './message.js';
import { livesHere, type ResidentRecord, readResident, sexCode } from './record.js';
import type { ResidentSearch } from './schema.generated.js';

/** One hit of a search who lives in the municipality now. */
export interface Hit {
  readonly registerKey: string;
  /** What hits are put in order by: names, date of birth, key. The same in every answer, and no two alike. */
  readonly order: string;
  /** `null` in a list of several, which has less of each. */
  readonly resident: ResidentRecord | null;
}

/**
 * The place of birth goes as one in Germany: one abroad would need its state.
 *
 * @throws AppError `BAD_USER_INPUT` for placeholders: a Personensuche has none, and registers refuse them for a reason
 *   that stands for much else.
 */
export function writeSearch(ags: string, search: ResidentSearch): Content {
  const { dateOfBirth, placeOfBirth, sex, street } = search;
  if (/[?*]/.test([search.familyName, search.givenName, placeOfBirth, street].join(' ')))
    throw new AppError('BAD_USER_INPUT', 'There are no placeholders in a search.', {
      detail: { argument: 'search', reason: 'NO_PLACEHOLDERS' },
    });
  const name = element('xmeld:nachnameUndVornamen', [
    element('xmeld:vornamen', element('name', search.givenName)),
    element('xmeld:nachname', element('name', search.familyName)),
  ]);
  const data = [
    element('xmeld:name', element('xmeld:name', name)),
    element('xmeld:anschrift', [writeCode('gemeindeschluessel', ags), street ? element('strasse', street) : null]),
    dateOfBirth ? element('xmeld:geburtsdatum', element('xmeld:geburtsdatum', writeDate(dateOfBirth))) : null,
    placeOfBirth ? element('xmeld:geburtsort', element('xmeld:geburtsort.inland', placeOfBirth)) : null,
    sex ? writeCode('xmeld:geschlecht', sexCode(sex)) : null,
  ];
  return element('xmeld:suchprofil', element('xmeld:auswahldaten', data));
}

/** @returns Hits in order; people who died or moved away are no residents. */
export function readHits(root: XmlElement, from: { readonly ags: string; readonly asOf: string }): Hit[] {
  const answer = find(readBody(root, 'antwortSuchanfrage'), 'auskunft');
  if (answer === null) throw malformed('neither an answer nor a refusal');
  const status = needText(answer, 'ergebnisstatus/code');
  const persons = childrenOf(answer, 'person');
  if (!fitsStatus(status, persons.length)) throw malformed(`result ${status} with ${persons.length} persons`);
  const keys = readKeys(root);
  const hits = persons.filter(livesHere).map((person) => {
    const registerKey = keys.get(needText(person, 'identifikationsmerkmal'));
    if (registerKey === undefined) throw malformed('a hit without its key');
    const resident = readResident(person, { ...from, registerKey });
    return { registerKey, order: toOrder(resident), resident: status === '01' ? resident : null };
  });
  return hits.sort((one, other) => (one.order < other.order ? -1 : 1));
}

/** 01 one person, 02 several, 03 nobody, or nobody who may be told of. */
function fitsStatus(status: string, persons: number): boolean {
  if (status === '01') return persons === 1;
  return status === '02' ? persons > 1 : status === '03' && persons === 0;
}

/** The extension that names the register's key for each mark of the list; simulated. */
function readKeys(root: XmlElement): ReadonlyMap<string, string> {
  const extension = find(root, 'landesspezifischeErweiterungen');
  const pairs = extension ? childrenOf(extension, 'zuordnung') : [];
  return new Map(pairs.map((pair) => [needText(pair, 'identifikationsmerkmal'), needText(pair, 'ordnungsmerkmal')]));
}

/** @returns The register's number of the case. @throws AppError `LEGACY_MALFORMED`, or as `readBody`. */
export function readReceipt(root: XmlElement): string {
  const number = needText(readBody(root, 'antwort'), 'vorgang');
  if (!/^[\w-]{1,40}$/.test(number)) throw malformed('a number that is none');
  return number;
}

const toOrder = ({ familyName, givenNames, dateOfBirth, registerKey }: ResidentRecord): string =>
  [normalizeName(familyName ?? ''), normalizeName(givenNames?.join('') ?? ''), dateOfBirth ?? '', registerKey].join(
    '|',
  );
