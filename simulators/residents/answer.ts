import { randomUUID } from 'node:crypto';
import { ANSWER_ROOTS, MESSAGES, REFUSALS, Refusal } from './codes.js';
import type { FollowUps } from './follow-ups.js';
import type { Marks } from './marks.js';
import { type Account, type BatchEntry, type Head, type Request, readRequest } from './read-request.js';
import { type Entry, isCurrent, livesAt, type Register } from './register.js';
import { checkSearch, search } from './search.js';
import { nameForm } from './search-form.js';
import { writeHit, writePerson } from './write-person.js';
import { code, group, leaf, NAMESPACES, type Node } from './xml.js';

export interface Office {
  readonly register: Register;
  readonly marks: Marks;
  readonly now: () => number;
  readonly followUps: FollowUps;
}

/** Answers a message; a refusal is an answer too. */
export function answer(head: Head, root: Node, office: Office): string {
  try {
    checkReader(head, office.register);
    return writeAnswer(head, office, answerRequest(head, readRequest(root, head.number), office));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return writeAnswer(head, office, { body: writeRefusal(head, error) });
  }
}

interface Answer {
  readonly body: string;
  /** What XMeld lets a Land add at the end of a message. */
  readonly extension?: string;
}

/** The municipality whose register is asked. */
const askedAgs = (head: Head): string => /^ags:(\d{8})$/.exec(head.reader)?.[1] ?? '';

function checkReader(head: Head, register: Register): void {
  if (!register.holds(askedAgs(head))) throw new Refusal(REFUSALS.outsideArea);
}

function answerRequest(head: Head, request: Request, office: Office): Answer {
  if (request.kind === 'search') return answerSearch(head, request, office);
  if (request.kind === 'disclosure') return answerDisclosure(head, request, office);
  if (request.kind === 'followUp') return answerFollowUp(head, request, office);
  const { account } = request;
  const own = account && identify(account, office.register);
  const entries = request.entries.map((entry) => answerEntry(entry, request, { own, register: office.register }));
  return { body: group('sim:antwort', entries) };
}

/** 03 says "nobody" and "blocked" in one word; those under a block are in no list and no count. */
function answerSearch(head: Head, request: Request & { kind: 'search' }, office: Office): Answer {
  const hits = search(request.profile, askedAgs(head), office).filter((entry) => !entry.blocked);
  if (hits.length > 1000) throw new Refusal(REFUSALS.tooManyHits);
  const marked = hits.map((entry) => ({ entry, mark: office.marks.issue(entry.position) }));
  const write = hits.length === 1 ? writePerson : writeHit;
  const persons = marked.map(({ entry, mark }) =>
    group('xmeld:person', [write(entry, request.elements), leaf('xmeld:identifikationsmerkmal', mark)]),
  );
  const status = hits.length === 0 ? '03' : hits.length === 1 ? '01' : '02';
  const result = code('xmeld:ergebnisstatus', status, 'urn:xoev-de:xmeld:codeliste:datenabruf.ergebnisstatus');
  const keys = marked.map(({ entry, mark }) =>
    group('sim:zuordnung', [leaf('sim:identifikationsmerkmal', mark), leaf('sim:ordnungsmerkmal', entry.key)]),
  );
  return {
    body: group('xmeld:antwortSuchanfrage', [group('xmeld:auskunft', [result, ...persons])]),
    extension: group('xmeld:landesspezifischeErweiterungen', keys),
  };
}

function answerDisclosure(head: Head, { account, elements }: Request & { kind: 'disclosure' }, office: Office): Answer {
  if (account.ags !== askedAgs(head)) throw new Refusal(REFUSALS.agsMismatch);
  const fitting = fitsOf(account, office.register);
  const [person] = fitting;
  const isOne = fitting.length === 1 && person !== undefined;
  return {
    body: group('sim:antwort', [
      leaf('sim:anzahl', String(fitting.length)),
      isOne ? leaf('sim:ordnungsmerkmal', person.key) : '',
      isOne ? group('xmeld:person', [writePerson(person, elements)]) : '',
    ]),
  };
}

/** Nobody is looked for: the receipt cannot tell who is there. */
function answerFollowUp(head: Head, { data, office: asking }: Request & { kind: 'followUp' }, office: Office): Answer {
  const ags = askedAgs(head);
  checkSearch(data, ags);
  const number = office.followUps.add({ ags, data, office: asking, receivedAt: new Date(office.now()).toISOString() });
  return { body: group('sim:antwort', [leaf('sim:vorgang', number)]) };
}

/**
 * One entry of a batch: how many people of the register fit, the dead, those who moved away and blocked ones counted, and
 * the data of a single one who lives here. With account data only the data of the person the account belongs to, then also under a block.
 */
function answerEntry(
  entry: BatchEntry,
  { account, elements }: Request & { kind: 'batch' },
  { own, register }: { own: Entry | null; register: Register },
): string {
  const echo = [leaf('sim:nummer', entry.number), code('gemeindeschluessel', entry.ags)];
  if (!register.holds(entry.ags))
    return group('sim:eintrag', [...echo, code('sim:rueckweisung', REFUSALS.outsideArea)]);
  const fitting = entry.key === null ? register.known(entry) : byKey(entry.ags, entry.key, register);
  const [person] = fitting;
  const mayBeTold = account === null ? person?.blocked === false : person === own;
  const isTold = !entry.countOnly && fitting.length === 1 && person !== undefined && isCurrent(person) && mayBeTold;
  return group('sim:eintrag', [
    ...echo,
    leaf('sim:anzahl', String(fitting.length)),
    isTold ? leaf('sim:ordnungsmerkmal', person.key) : '',
    isTold ? group('xmeld:person', [writePerson(person, elements)]) : '',
  ]);
}

function byKey(ags: string, key: string, register: Register): Entry[] {
  const found = register.byKey(ags, key);
  return found !== null && isCurrent(found) ? [found] : [];
}

function identify(account: Account, register: Register): Entry | null {
  const fitting = fitsOf(account, register);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** § 10 (2), (3) BMG: all names, date of birth and a current address must agree. */
function fitsOf(account: Account, register: Register): Entry[] {
  const names = namesForm(account.givenNames.split(/\s+/));
  const [first = ''] = account.givenNames.split(/\s+/);
  return register
    .byName(account.ags, account.familyName, first)
    .filter((entry) => isCurrent(entry) && nameForm(entry.familyName) === nameForm(account.familyName))
    .filter((entry) => entry.dateOfBirth === account.dateOfBirth && namesForm(entry.givenNames) === names)
    .filter((entry) => livesAt(entry, account, (home) => home.ags === entry.ags && home.movedOut === null));
}

const namesForm = (names: readonly string[]): string => names.map(nameForm).sort().join(' ');

function writeRefusal({ number }: Head, { code: reason, message }: Refusal): string {
  const list = 'urn:xoev-de:xmeld:codeliste:datenabruf.nichterstellung.grund';
  const refusal = group('xmeld:rueckweisung', [
    code('xmeld:grundDerRueckweisung', reason, list),
    leaf('xmeld:freitext', message === '' ? null : message),
  ]);
  return group(number === '1330' ? 'xmeld:antwortSuchanfrage' : 'sim:antwort', [refusal]);
}

function writeAnswer(head: Head, { now }: Office, { body, extension = '' }: Answer): string {
  const number = MESSAGES[head.number].answer;
  const root = ANSWER_ROOTS[number];
  const createdAt = new Date(now()).toISOString();
  const kopf = group('nachrichtenkopf.g2g', [
    group('identifikation.nachricht', identification(randomUUID(), number, createdAt)),
    party('leser', head.author.key, head.author.name),
    party('autor', head.reader, 'Melderegister (simuliert)'),
  ]);
  const origin = group('xmeld:ursprungsnachricht', identification(head.uuid, head.number, head.createdAt));
  const xmlns = `xmlns:xmeld="${NAMESPACES.xmeld}" xmlns:sim="${NAMESPACES.sim}"`;
  const product =
    'standard="XMeld" version="25.11a" produkt="Melderegister (simuliert)" produkthersteller="Fachverbund"';
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${xmlns} ${product}>${kopf}${body}${origin}${extension}</${root}>`;
}

const identification = (uuid: string, number: string, createdAt: string): string[] => [
  leaf('nachrichtenUUID', uuid),
  code('nachrichtentyp', number, 'urn:de:xmeld:schluesseltabelle:xmeld.nachrichten'),
  leaf('erstellungszeitpunkt', createdAt),
];

const party = (element: string, key: string, name: string): string =>
  group(element, [
    code('verzeichnisdienst', 'DVDV', 'urn:xoev-de:kosit:codeliste:verzeichnisdienst'),
    leaf('kennung', key),
    leaf('name', name),
  ]);
