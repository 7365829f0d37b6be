import type { Answer } from '../test/support/ask.js';
import { type Everybody, inParallel } from '../test/support/everybody.js';
import { type Person, readLinkTruth, recordsOf, toMark } from '../test/support/link-truth.js';

/** How well the registers are joined, against what really is. */
export interface Links {
  readonly people: number;
  /** Vehicles and cases of people, each asked for by a clerk with the person behind it. */
  readonly records: number;
  /** Records that led to somebody else: none may. */
  readonly falseMatches: number;
  /** Of those records whose person lives there under no block: those that led to nobody. */
  readonly missed: number;
  readonly linkable: number;
  /** Residents who asked for themselves: everybody whose links are hard, and some of the others. */
  readonly askers: number;
  /** Records that all residents own. */
  readonly own: number;
  /** Records of somebody else that they were shown: none may. */
  readonly ownFalse: number;
  /** Their own records that they were not shown; those of the sample stand for as many as the sample does. */
  readonly ownMissed: number;
  /** Answers that a system was too slow for; they were asked for again. */
  readonly retries: number;
  readonly seconds: number;
}

interface Seen {
  readonly ags: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly dateOfBirth: string;
  readonly currentAddress: { readonly street: string; readonly houseNumber: string } | null;
}
interface Page {
  readonly list: {
    readonly edges: readonly {
      readonly node: { readonly ags: string; readonly number: string; readonly person: Seen | null };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}
interface Own {
  readonly me: {
    readonly vehicles: readonly { readonly ags: string; readonly plate: string }[] | null;
    readonly housingBenefitCases: readonly { readonly ags: string; readonly caseNumber: string }[] | null;
  } | null;
}

const PERSON = 'ags familyName givenNames dateOfBirth currentAddress { street houseNumber }';
const ME = '{ me { vehicles { ags plate } housingBenefitCases { ags caseNumber } } }';
const LISTS = [
  { office: 'vehicles', list: 'vehicles', fields: 'number: plate person: holder' },
  { office: 'housing-benefit', list: 'housingBenefitCases', fields: 'number: caseNumber person: applicant' },
] as const;

/**
 * Asks the running federation, through the gateway, for every vehicle and every case with the person behind it, and
 * lets people ask for themselves. Nothing is left out of the way an answer takes: the registers' own protocols, the
 * adapters, the links, the gateway.
 */
export async function checkLinks(world: Everybody, sampleSize: number): Promise<Links> {
  const started = performance.now();
  const truth = readLinkTruth(world.federation.world, sampleSize);
  const counts = { records: 0, falseMatches: 0, missed: 0, linkable: 0, ownMissed: 0, ownFalse: 0, retries: 0 };
  const noteRetry = () => {
    counts.retries += 1;
  };
  const takeRecord = (name: string, person: Seen | null) => {
    const owner = truth.owners.get(name);
    if (owner) counts.records += 1;
    if (owner?.isLinkable) counts.linkable += 1;
    if (person && toMark(...partsOf(person)) !== owner?.mark) counts.falseMatches += 1;
    if (!person && owner?.isLinkable) counts.missed += 1;
  };
  const municipalities = world.federation.world.municipalities.map(({ ags }) => ags);
  const tasks = municipalities.flatMap((ags) => LISTS.map((list) => ({ ...list, ags })));
  await inParallel(tasks, (task) => readList(world, task, takeRecord, noteRetry));
  const askFor = async (person: Person, weight: number) => {
    const { data, errors } = await patiently(() => world.askAs<Own>(person, ME), noteRetry);
    const unexpected = errors.find(({ extensions }) => extensions.code !== 'MATCH_UNCERTAIN');
    if (unexpected) throw new Error(`An answer failed: ${unexpected.extensions.code}`);
    const seen = [
      ...(data?.me?.vehicles ?? []).map(({ ags, plate }) => `${ags} ${plate}`),
      ...(data?.me?.housingBenefitCases ?? []).map(({ ags, caseNumber }) => `${ags} ${caseNumber}`),
    ];
    const own = new Set(recordsOf(person).map(([, record]) => record));
    counts.ownFalse += seen.filter((record) => !own.has(record)).length;
    counts.ownMissed += weight * (own.size - seen.filter((record) => own.has(record)).length);
  };
  await inParallel(truth.hard, (person) => askFor(person, 1));
  await inParallel(truth.sample, (person) => askFor(person, truth.distance));
  const seconds = (performance.now() - started) / 1000;
  const askers = truth.hard.length + truth.sample.length;
  return { ...counts, people: truth.people, own: truth.own, askers, seconds };
}

const MOST_TRIES = 20;

/** Asks again where the answer says that a system did not answer in time: a busy machine is no false or missed match. */
async function patiently<Data>(ask: () => Promise<Answer<Data>>, noteRetry: () => void): Promise<Answer<Data>> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (tries === MOST_TRIES || !answer.errors.some(({ extensions }) => TRANSIENT.test(extensions.code))) return answer;
    noteRetry();
  }
}

const TRANSIENT = /_(TIMEOUT|UNAVAILABLE)$/;

const partsOf = ({ ags, familyName, givenNames, dateOfBirth, currentAddress }: Seen) =>
  [ags, familyName, givenNames, dateOfBirth, currentAddress?.street, currentAddress?.houseNumber] as const;

async function readList(
  world: Everybody,
  { office, list, fields, ags }: (typeof LISTS)[number] & { readonly ags: string },
  take: (name: string, person: Seen | null) => void,
  noteRetry: () => void,
): Promise<void> {
  const query = `query ($ags: AGS!, $after: String) { list: ${list}(ags: $ags, first: 100, after: $after) {
    edges { node { ags ${fields} { ${PERSON} } } } pageInfo { hasNextPage endCursor } } }`;
  for (let after: string | null = null; ; ) {
    const variables: { readonly ags: string; readonly after: string | null } = { ags, after };
    const { data, errors }: Answer<Page> = await patiently(
      () => world.askAsClerk<Page>(office, query, variables),
      noteRetry,
    );
    if (!data?.list || errors.length > 0) throw new Error(`A list failed: ${JSON.stringify(errors.slice(0, 1))}`);
    for (const { node } of data.list.edges) take(`${node.ags} ${node.number}`, node.person);
    if (!data.list.pageInfo.hasNextPage) return;
    after = data.list.pageInfo.endCursor;
  }
}
