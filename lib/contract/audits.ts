import { promisesOf } from './promises.js';
import { ask, askEntities, entitiesOf, type Reply, type Sample, type Target } from './target.js';

/** One thing that every subgraph must do. */
export interface Audit {
  /** Stable. */
  readonly id: string;
  /** What it must do, to be read behind "The subgraph must". */
  readonly must: string;
  readonly how: string;
  /** @returns What it does instead; `null`: it keeps the promise, or there is nothing to try it on. */
  run(target: Target): Promise<string | null>;
}

const eachSample =
  (check: (target: Target, sample: Sample) => Promise<string | null>): Audit['run'] =>
  async (target) => {
    for (const sample of target.samples) {
      const fault = await check(target, sample);
      if (fault !== null) return `${sample.type}: ${fault}`;
    }
    return null;
  };

/** The promises that the gateway builds on, tried on a running instance. */
export const AUDITS: readonly Audit[] = [
  {
    id: 'C01',
    must: 'serve the schema that was proposed',
    how: 'Propose what `_service { sdl }` answers, or start the version that was proposed.',
    async run(target) {
      const { json } = await ask(target, { query: '{_service{sdl}}' });
      const sdl = (json?.data?._service as { sdl?: unknown } | undefined)?.sdl;
      if (typeof sdl !== 'string') return 'it does not answer _service { sdl }';
      const shared = new Set(promisesOf(target.shared));
      const own = (text: string) => promisesOf(text).filter((line) => !shared.has(line));
      return compare(own(sdl), own(target.sdl));
    },
  },
  {
    id: 'C02',
    must: 'answer entities in the order asked for',
    how: 'Return one entry for each representation, in their order.',
    run: eachSample(async (target, sample) => {
      const keys = [...sample.known].reverse();
      const reply = await askEntities(target, sample, keys);
      const entities = entitiesOf(reply);
      if (!entities) return describe(reply);
      if (entities.length !== keys.length) return `${keys.length} were asked for, ${entities.length} came back`;
      const wrong = keys.findIndex((key, index) => !isSame(key, entities[index] ?? null));
      return wrong < 0 ? null : `entity ${wrong} of ${keys.length} is not the one asked for`;
    }),
  },
  {
    id: 'C03',
    must: 'answer an unknown key with null, without an error',
    how: 'Return null from the reference resolver where the register has no such record.',
    run: eachSample(async (target, sample) => {
      const reply = await askEntities(target, sample, [sample.unknown]);
      const entities = entitiesOf(reply);
      if (!entities) return describe(reply);
      if (entities.length !== 1 || entities[0] !== null) return 'it answers something for a key of nobody';
      return (reply.json?.errors?.length ?? 0) === 0 ? null : 'it answers an error for a key of nobody';
    }),
  },
  {
    id: 'C04',
    must: 'read a batch of entities with one call of the legacy system',
    how: 'Collect the keys of a request in a loader and ask for them together.',
    run: eachSample(async (target, sample) => {
      if (!target.countCalls || sample.known.length < 2) return null;
      const before = await target.countCalls();
      await askEntities(target, sample, sample.known);
      const calls = (await target.countCalls()) - before;
      return calls <= 1 ? null : `${sample.known.length} entities took ${calls} calls`;
    }),
  },
  {
    id: 'C05',
    must: 'say nothing of its inside in an error',
    how: 'Mask every error that is not meant for callers: no stack, no host, no query, no path of a file.',
    async run(target) {
      for (const question of BAD_QUESTIONS) {
        const { text } = await ask(target, question);
        const leak = LEAKS.find((pattern) => pattern.test(text));
        if (leak) return `the answer to a bad question holds what looks like ${leak.source}`;
      }
      return null;
    },
  },
  {
    id: 'C06',
    must: 'refuse callers without the token of the gateway',
    how: 'Verify the token in `x-fachverbund-token` before anything else, and answer 401 with an empty body.',
    async run(target) {
      const { status, text } = await ask(target, { query: '{__typename}' }, {});
      if (status !== 401) return `it answers ${status} to somebody without a token`;
      return text === '' ? null : 'its refusal has a body';
    },
  },
  {
    id: 'C07',
    must: 'not answer another body with the token of the first',
    how: 'Compare the hash of the body with the one in the token, and take each token once.',
    async run(target) {
      const first = JSON.stringify({ query: '{__typename}' });
      const { status } = await ask(target, { query: '{ __typename }' }, await target.headers(first));
      return status === 401 ? null : `it answers ${status}`;
    },
  },
];

const BAD_QUESTIONS: readonly object[] = [
  { query: '{ thisFieldIsNowhere }' },
  { query: '{' },
  {
    query: 'query($r:[_Any!]!){_entities(representations:$r){__typename}}',
    variables: { r: [{ __typename: 'Nothing' }] },
  },
  { query: 'query($r:[_Any!]!){_entities(representations:$r){__typename}}', variables: { r: [{}] } },
];

/** Stacks, paths of files, addresses, queries of databases. */
const LEAKS: readonly RegExp[] = [
  /\bat [\w.<>]+ \(/,
  /node_modules/,
  /\b(?:\d{1,3}\.){3}\d{1,3}:\d+/,
  /(?:\/[\w.-]+){2,}\.(?:js|ts|py|java|go|cs|rb|php)\b/,
  /\b(?:SELECT|INSERT|UPDATE|DELETE)\b[^"]*\b(?:FROM|INTO|SET|WHERE)\b/i,
  /ECONN(?:REFUSED|RESET)|ORA-\d{5}|SQLSTATE/,
];

function compare(served: readonly string[], proposed: readonly string[]): string | null {
  const extra = served.find((line) => !proposed.includes(line));
  if (extra !== undefined) return `it serves what was not proposed: ${extra}`;
  const missing = proposed.find((line) => !served.includes(line));
  return missing === undefined ? null : `it does not serve what was proposed: ${missing}`;
}

const isSame = (key: Readonly<Record<string, unknown>>, entity: Record<string, unknown> | null): boolean =>
  entity !== null && Object.entries(key).every(([name, value]) => String(entity[name]) === String(value));

const describe = ({ status, json }: Reply): string =>
  json ? 'it answers without a list of entities' : `it answers ${status} and no JSON`;
