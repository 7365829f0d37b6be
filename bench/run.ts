import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTESTANTS, type Contestant } from './contestants.js';
import { describeMachine, readMachine } from './machine.js';
import { type LoadSettings, measure, type Round } from './measure.js';
import { type Options, readOptions } from './options.js';
import { findPeers } from './peers.js';
import { runBeside } from './processes.js';
import { GROWTH, SCENARIOS, type Scenario } from './scenarios.js';
import { type Entered, openStage, type Stage } from './stage.js';
import { type Row, type Section, toMarkdown } from './table.js';

const options = readOptions(process.argv.slice(2));
const contestants = [...CONTESTANTS, ...(options.peers ? findPeers() : [])];
const machine = readMachine();
const sections: Section[] = [];
const temporary = mkdtempSync(join(tmpdir(), 'fachverbund-bench-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 }));
// What was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const scenarios = [...SCENARIOS, ...(options.growth ? GROWTH : [])].filter(({ name }) => matches(name, options.only));
console.log(`${describeMachine(machine)}\n`);
for (const scenario of scenarios) {
  const chosen = contestants.filter((contestant) => takesPart(contestant, scenario));
  const section = await runScenario(scenario, chosen);
  sections.push(section);
  console.log(toMarkdown(section));
  save();
}
if (matches('compose', options.only)) await runBeside(programOf('compose'));
if (options.population) await runBeside(programOf('population'));

/** Programs of their own: they start gateways or whole federations. */
function programOf(name: string): string {
  return new URL(`${name}.js`, import.meta.url).pathname;
}

function save(): void {
  const folder = new URL('../../bench/results/', import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), JSON.stringify({ machine, options, sections }, null, 2));
  const text = `${describeMachine(machine)}\n\n${sections.map(toMarkdown).join('\n')}`;
  writeFileSync(join(folder, 'latest.md'), text);
}

function takesPart({ name, only = [], isGuarded }: Contestant, scenario: Scenario): boolean {
  if (isGuarded && !scenario.guarded) return false;
  return matches(name, options.contestants) && matches(name, scenario.only ?? []) && matches(scenario.name, only);
}

async function runScenario(scenario: Scenario, chosen: readonly Contestant[]): Promise<Section> {
  const folder = mkdtempSync(join(temporary, 'scenario-'));
  const stage = await openStage(scenario, folder);
  const entered = new Map<Contestant, Entered>();
  const problems = new Map<Contestant, string>();
  try {
    for (const contestant of chosen) {
      const result = contestant.problem ?? (await stage.enter(contestant));
      if (typeof result === 'string') problems.set(contestant, result);
      else entered.set(contestant, result);
    }
    const rounds = await runRounds(stage, [...entered.values()], options);
    const rows = chosen.map((contestant): Row => {
      const problem = problems.get(contestant) ?? null;
      const firstMs = entered.get(contestant)?.firstMs ?? null;
      return { contestant: contestant.name, rounds: rounds.get(contestant.name) ?? [], firstMs, problem };
    });
    return { scenario: scenario.name, about: scenario.about, rows };
  } finally {
    for (const { stop } of entered.values()) await stop();
    await stage.close();
  }
}

/** Warms everybody up, then takes turns, so that a disturbance of the machine meets all alike. */
async function runRounds(stage: Stage, all: readonly Entered[], settings: Options): Promise<Map<string, Round[]>> {
  const load: LoadSettings = { connections: settings.connections, seconds: settings.seconds };
  const rounds = new Map<string, Round[]>(all.map(({ contestant }) => [contestant.name, []]));
  for (const entered of all) await measure(stage, entered, { ...load, seconds: settings.warmUpSeconds });
  for (let round = 0; round < settings.rounds; round++)
    for (const entered of all) rounds.get(entered.contestant.name)?.push(await measure(stage, entered, load));
  return rounds;
}

function matches(name: string, parts: readonly string[]): boolean {
  return parts.length === 0 || parts.some((part) => name.includes(part));
}
