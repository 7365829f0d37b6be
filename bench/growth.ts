import { rmSync } from 'node:fs';
import { ask } from '../test/support/ask.js';
import { vehicleClerk } from '../test/support/callers.js';
import type { TestFederation } from '../test/support/federation.js';
import { median } from './table.js';
import { type Probe, startVehicleProcess, type VehicleProcess } from './vehicle-process.js';

/** How the vehicle index behaves at one size of the population. */
export interface Growth {
  readonly records: number;
  readonly heapBytesPerRecord: number;
  /** Heap and everything beside it: the file's own 258 bytes a record and the orders. */
  readonly memoryBytesPerRecord: number;
  readonly msToStart: number;
  /** From the order of a new export until it is in force, the writing of the file included. */
  readonly msToTakeOver: number;
  /** Longest stall of the event loop while a new export was read and indexed under queries. */
  readonly stallMs: number;
  /** Of such a stall what the subgraph itself did, processor time: the rest is other processes' turn. */
  readonly stallCpuMs: number;
  readonly byPlate: Latency;
  /** The same while a new export was read and indexed. */
  readonly whileIndexing: Latency;
}

export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
}

const QUERY = 'query ($ags: AGS!, $plate: String!) { vehicle(ags: $ags, plate: $plate) { vin make } }';
const QUERIES = 2000;

/** @param empty What the process takes without a single vehicle. */
export async function measureGrowth(federation: TestFederation, empty: Probe): Promise<Growth> {
  const plates = await readPlates(federation);
  const simulator = federation.parts().find(({ kind, subgraph }) => kind === 'simulator' && subgraph === 'vehicles');
  const subject = await startVehicleProcess(environment(federation, simulator?.exportFolder ?? ''));
  try {
    const full = await settled(subject);
    const byPlate = await askOften(subject, plates, (asked) => asked < QUERIES);
    await subject.probe();
    let isInForce = false;
    const ordered = performance.now();
    const takenOver = subject.takesOver().then(() => {
      isInForce = true;
      return performance.now() - ordered;
    });
    const control = federation.control(simulator?.name.replace(/-simulator$/, '') ?? '');
    const [written, whileIndexing] = await Promise.all([control.export(), askOften(subject, plates, () => !isInForce)]);
    const records = Number(written.records);
    const msToTakeOver = await takenOver;
    const { stallMs, stallCpuMs } = await subject.probe();
    return {
      records,
      heapBytesPerRecord: (full.heapUsed - empty.heapUsed) / records,
      memoryBytesPerRecord: (full.heapUsed + full.external - empty.heapUsed - empty.external) / records,
      msToStart: subject.msToStart,
      msToTakeOver,
      stallMs,
      stallCpuMs,
      byPlate,
      whileIndexing,
    };
  } finally {
    await subject.stop();
  }
}

/** A process that reads an empty folder. */
export async function measureEmpty(federation: TestFederation, folder: string): Promise<Probe> {
  const subject = await startVehicleProcess(environment(federation, folder));
  try {
    return await settled(subject);
  } finally {
    await subject.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A second look: the first one finds what starting left behind. */
async function settled(subject: VehicleProcess): Promise<Probe> {
  await subject.probe();
  return subject.probe();
}

const environment = ({ cooperationPath, parts }: TestFederation, folder: string) => ({
  COOPERATION_PATH: cooperationPath,
  PROVIDER: parts().find(({ kind, subgraph }) => kind === 'subgraph' && subgraph === 'vehicles')?.provider ?? '',
  EXPORT_FOLDER: folder,
});

interface Plate {
  readonly ags: string;
  readonly plate: string;
}

async function readPlates(federation: TestFederation): Promise<readonly Plate[]> {
  const instance = federation.parts().find(({ kind, subgraph }) => kind === 'subgraph' && subgraph === 'vehicles');
  const query = 'query ($ags: AGS!) { vehicles(ags: $ags, first: 100) { edges { node { ags plate } } } }';
  const pages = (instance?.municipalities ?? []).map((ags) =>
    federation.querySubgraph<{ vehicles: { edges: { node: Plate }[] } }>(instance?.name ?? '', query, {
      caller: vehicleClerk('*'),
      variables: { ags },
    }),
  );
  return (await Promise.all(pages)).flatMap(({ data }) => data?.vehicles.edges.map(({ node }) => node) ?? []);
}

/** One after the other, so that no query waits for another. */
async function askOften(
  { url, key }: VehicleProcess,
  plates: readonly Plate[],
  goesOn: (asked: number) => boolean,
): Promise<Latency> {
  const latencies: number[] = [];
  const signed = key.signAs('vehicles', vehicleClerk('*'));
  for (let asked = 0; goesOn(asked); asked++) {
    const variables = { ...plates[(asked * 7919) % plates.length] };
    const began = performance.now();
    const { data } = await ask<{ vehicle: object | null }>(url, QUERY, { signed, variables });
    latencies.push(performance.now() - began);
    if (!data?.vehicle) throw new Error('A vehicle was not found by its plate.');
  }
  const sorted = latencies.sort((one, other) => one - other);
  return { medianMs: median(sorted), p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN };
}
