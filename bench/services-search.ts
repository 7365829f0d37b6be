import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from '../scripts/program.js';
import { ROOT } from '../scripts/root.js';
import { ask } from '../test/support/ask.js';
import { createGatewayKey } from '../test/support/gateway-key.js';
import { describeMachine, readMachine } from './machine.js';

/**
 * Run by hand after a build: `node dist/bench/services-search.js [COUNT]`. Starts the simulated catalogue and the
 * subgraph, and asks the subgraph over HTTP what agents type, one question after the other.
 */
const count = process.argv[2] ?? '10000';
const ROUNDS = 30;
/** What everybody types, what is misspelt or unfinished, and what fits thousands. */
const QUERIES =
  'Auto ummelden;Wohngeld;Wohngled;wohng;Wohngeldantrag;Perso verloren;Fürerschein verloren;Persnalausweis;hundesteur;Ich möchte meine Wohnung anmelden;Sperrmuel;Genehmigung;anzeigen;Bienenstand im Wasserschutzgebiet genehmigen;windkraftanlge fördern;unbekanntes wort xyzzyq;an;be;Antrag für Vereine'.split(
    ';',
  );
const DOCUMENT = `query ($search: String!) { services(search: $search, ags: "10045114", first: 20) {
  edges { node { leikaKey name teaser competentOffice(ags: "10045114", postalCode: "66424") { name phone } } } } }`;

const folder = mkdtempSync(join(tmpdir(), 'fachverbund-bench-'));
const key = createGatewayKey();
const base = { PATH: process.env.PATH ?? '', COOPERATION_PATH: join(ROOT, 'cooperation.yaml'), LOG_LEVEL: 'info' };
const simulator = await start('simulators', { SERVICES_COUNT: count });
const began = performance.now();
const { url } = simulator.ready as { url: string };
const subgraph = await start('subgraphs', { PROVIDER: 'ego', LEGACY_URL: url, ...key.env });
const loadMs = performance.now() - began;
const times = await measure(subgraph.ready as string);
await subgraph.stop();
await simulator.stop();
rmSync(folder, { recursive: true, force: true });
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(1);
console.log(describeMachine(readMachine()));
console.log(
  `${count} services, read and indexed in ${(loadMs / 1000).toFixed(1)} s, ${times.length} searches over HTTP:`,
);
console.log(`p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);

function start(room: 'simulators' | 'subgraphs', env: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const program = { name: `services ${room}`, script: `${room}/main.js`, args: ['services'], env: { ...base, ...env } };
  return startProgram(program, join(folder, `${room}.log`), new AbortController().signal);
}

/** @returns Milliseconds of each search, the shortest first; the first round only warms up. */
async function measure(endpoint: string): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round++)
    for (const search of QUERIES) {
      const asked = performance.now();
      const answer = await ask(endpoint, DOCUMENT, { variables: { search }, signed: key.signAs('services') });
      if (answer.errors.length > 0) throw new Error(answer.text);
      if (round > 0) taken.push(performance.now() - asked);
    }
  return taken.sort((a, b) => a - b);
}
