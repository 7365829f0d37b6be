import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWithEverybody } from '../test/support/everybody.js';
import { type Growth, measureEmpty, measureGrowth } from './growth.js';
import { checkLinks, type Links } from './links.js';
import { describeMachine, readMachine } from './machine.js';

/**
 * `node dist/bench/population.js [--sizes 20000,200000,1000000] [--sample 5000] [--no-links]`: how the vehicle index grows with the
 * population, and whether everybody is linked with what is theirs. It starts a whole federation for each size; the
 * cooperation is the one where a single instance holds the vehicles of all.
 */
const { values } = parseArgs({
  allowNegative: true,
  options: {
    sizes: { type: 'string', default: '20000,200000,1000000' },
    sample: { type: 'string', default: '5000' },
    links: { type: 'boolean', default: true },
    cooperation: { type: 'string', default: 'examples/cooperations/dresden-leipzig-magdeburg.yaml' },
  },
});

interface Result {
  readonly size: number;
  readonly secondsToStart: number;
  readonly growth: Growth;
  readonly links: Links | null;
}

const machine = readMachine();
const results: Result[] = [];
console.log(`${describeMachine(machine)}\n`);
for (const size of values.sizes.split(',').map(Number)) {
  await measure(size);
}
console.log(toMarkdown());

async function measure(size: number): Promise<void> {
  const started = performance.now();
  const world = await startWithEverybody({ size, cooperation: values.cooperation });
  try {
    const secondsToStart = (performance.now() - started) / 1000;
    const empty = await measureEmpty(world.federation, mkdtempSync(join(tmpdir(), 'fachverbund-bench-')));
    const growth = await measureGrowth(world.federation, empty);
    const result = { size, secondsToStart, growth };
    note({ ...result, links: null });
    if (values.links) note({ ...result, links: await checkLinks(world, Number(values.sample)) });
  } finally {
    await world.stop();
  }
}

/** Kept at once: the next size may take long. */
function note(result: Result): void {
  if (results.at(-1)?.size === result.size) results.pop();
  results.push(result);
  console.error(`${result.size} people: ${result.links ? 'links' : 'index'} measured`);
  save();
}

function save(): void {
  const folder = new URL('../../bench/results/', import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'population.json'), JSON.stringify({ machine, results }, null, 2));
  writeFileSync(join(folder, 'population.md'), `${describeMachine(machine)}\n\n${toMarkdown()}`);
}

function toMarkdown(): string {
  const growth = [
    [
      'people',
      'vehicles',
      'heap bytes/record',
      'memory bytes/record',
      'federation ready s',
      'subgraph ready ms',
      'new export in force ms',
      'longest stall ms',
      'of it own CPU ms',
      'by plate p50 ms',
      'p99 ms',
      'while indexing p50 ms',
      'p99 ms',
    ],
    ...results.map(({ size, secondsToStart, growth: one }) => [
      size,
      one.records,
      one.heapBytesPerRecord.toFixed(1),
      one.memoryBytesPerRecord.toFixed(0),
      secondsToStart.toFixed(1),
      one.msToStart.toFixed(0),
      one.msToTakeOver.toFixed(0),
      one.stallMs.toFixed(1),
      one.stallCpuMs.toFixed(1),
      one.byPlate.medianMs.toFixed(2),
      one.byPlate.p99Ms.toFixed(2),
      one.whileIndexing.medianMs.toFixed(2),
      one.whileIndexing.p99Ms.toFixed(2),
    ]),
  ];
  const links = [
    [
      'people',
      'records',
      'false matches',
      'missed',
      'asked for themselves',
      'their records',
      'false',
      'missed',
      'asked again',
      's',
    ],
    ...results.flatMap(({ links: one }) =>
      one === null
        ? []
        : [
            [
              one.people,
              one.records,
              one.falseMatches,
              `${one.missed} of ${one.linkable} (${percent(one.missed, one.linkable)})`,
              one.askers,
              one.own,
              one.ownFalse,
              `${one.ownMissed} (${percent(one.ownMissed, one.own)})`,
              one.retries,
              one.seconds.toFixed(0),
            ],
          ],
    ),
  ];
  return `### Vehicle index\n\n${toTable(growth)}\n### Links against what really is\n\n${toTable(links)}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
}

function toTable([head = [], ...rows]: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '--:'), ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
