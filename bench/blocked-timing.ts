import { parseArgs } from 'node:util';
import { type Answer, ask } from '../test/support/ask.js';
import { isLiving, searchFor } from '../test/support/block-watch.js';
import { startFederation, type TestFederation } from '../test/support/federation.js';
import { createRandom } from '../test/support/oracle/random.js';
import { describeMachine, readMachine } from './machine.js';
import { median } from './table.js';

/**
 * `node dist/bench/blocked-timing.js [--pairs 300] [--people 300] [--seed 1]`: whether the time of an answer tells who
 * lives under a block (§ 51 BMG). A clerk looks people up by id, one at a time, each pair in a random order: somebody
 * under a block, and somebody who is not in the register (their id was good once), or nobody at all (an id that was never
 * given out). Printed is the area under the ROC curve of the times, 0.5 being chance; V36 wants at most 0.55.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '300' },
    people: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: '20000' },
  },
});

const AGS = '10045117';
const SEARCH = `query ($ags: AGS!, $search: ResidentSearch!) {
  residents(ags: $ags, search: $search) { edges { node { id dateOfBirth } } } }`;
const RESIDENT = `query ($ags: AGS!, $id: ID!) {
  resident(ags: $ags, id: $id) { familyName dateOfBirth currentAddress { street houseNumber } } }`;
const ASKED_AT_ONCE = 8;
const WARM_UP = 200;

/** Ids of people who are or were there, and of nobody. */
interface Ids {
  readonly blocked: readonly string[];
  readonly gone: readonly string[];
  readonly neverGiven: readonly string[];
}

const random = createRandom(values.seed);
const pairs = Number(values.pairs);
console.log(`${describeMachine(readMachine()).split(';')[0]}\n`);
const federation = await startFederation({
  size: Number(values.size),
  subgraphs: ['residents'],
  gateway: { RATE_LIMIT: 'off', LIMIT_GUESSES: '1000000' },
});
try {
  const ids = await prepare(federation, Number(values.people));
  const lookUp = await createLookUp(federation);
  for (let count = 0; count < WARM_UP; count++) await lookUp(turn(count % 2 ? ids.blocked : ids.neverGiven, count));
  for (const other of ['gone', 'neverGiven'] as const) {
    const times = { blocked: [] as number[], other: [] as number[] };
    for (let count = 0; count < pairs; count++) {
      const asked = [
        async () => times.blocked.push(await lookUp(turn(ids.blocked, count))),
        async () => times.other.push(await lookUp(turn(ids[other], count))),
      ];
      for (const one of random.chance(0.5) ? asked : asked.reverse()) await one();
    }
    console.log(toLine(other, times));
  }
} finally {
  await federation.stop();
}

function turn(ids: readonly string[], count: number): string {
  return ids[count % ids.length] as string;
}

/** Reads the ids of twice as many people as an office learns them; then half of them are blocked and half are erased. */
async function prepare({ truth, query, control }: TestFederation, people: number): Promise<Ids> {
  const chosen = truth()
    .filter((person) => isLiving(person) && !person.blocked && person.persona === null && person.ags === AGS)
    .slice(0, people * 2);
  if (chosen.length < people * 2) throw new RangeError(`Only ${chosen.length} people live there: a larger --size.`);
  const found: (string | null)[] = [];
  for (let at = 0; at < chosen.length; at += ASKED_AT_ONCE)
    found.push(
      ...(await Promise.all(
        chosen.slice(at, at + ASKED_AT_ONCE).map(async (person) => {
          const { data } = await query<{ residents: { edges: { node: { id: string } }[] } }>(SEARCH, {
            persona: 'residents-clerk',
            variables: { ags: AGS, search: searchFor(person) },
          });
          const [found, ...namesakes] = data?.residents.edges ?? [];
          return namesakes.length === 0 ? (found?.node.id ?? null) : null;
        }),
      )),
    );
  const register = control('residents-spk');
  for (const [at, { ags, registerKey }] of chosen.entries())
    await (at % 2 ? register.erase({ ags, registerKey }) : register.block({ ags, registerKey, blocked: true }));
  const idsOf = (half: number) => found.filter((id, at): id is string => at % 2 === half && id !== null);
  return {
    blocked: idsOf(0),
    gone: idsOf(1),
    neverGiven: idsOf(1).map((id) => `AAAAAA${id.slice(6)}`),
  };
}

/** @returns Milliseconds until the whole answer was there. @throws Error where it was not "nobody". */
async function createLookUp({ gatewayUrl, tokenFor }: TestFederation): Promise<(id: string) => Promise<number>> {
  const token = await tokenFor('residents-clerk');
  const headers = { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'EMA 1/2026' };
  return async (id) => {
    const began = performance.now();
    const answer: Answer = await ask(gatewayUrl, RESIDENT, { token, headers, variables: { ags: AGS, id } });
    const ms = performance.now() - began;
    if (answer.text !== '{"data":{"resident":null}}\n') throw new Error(`not nobody: ${answer.text}`);
    return ms;
  };
}

function toLine(other: string, times: { readonly blocked: readonly number[]; readonly other: readonly number[] }) {
  const area = areaUnderCurve(times.blocked, times.other);
  const shown = [median(times.blocked), median(times.other)].map((ms) => ms.toFixed(2)).join(' and ');
  return `blocked against ${other}: AUC ${area.toFixed(3)} (${Math.max(area, 1 - area).toFixed(3)} either way), ${times.blocked.length} pairs, medians ${shown} ms`;
}

/** How likely one of the first takes longer than one of the others; equal ones count half. */
function areaUnderCurve(ones: readonly number[], others: readonly number[]): number {
  let wins = 0;
  for (const one of ones) for (const other of others) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (ones.length * others.length);
}
