import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, type RunningProgram, startProgram } from './program.js';
import { byKindAndName, clearRunFolder, type Part, writeRunFile } from './run-file.js';

export type Ready = Readonly<Record<string, unknown>>;
export type Facts = Pick<Part, 'kind' | 'subgraph' | 'provider' | 'municipalities'>;

export interface RunningPartsOptions {
  /** Where `federation.json` and the logs are; it goes when the parts go. */
  readonly runFolder: string;
  /** Goes with the parts too. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
  /** A part went without being asked to; the others go on. */
  readonly onGone: (name: string, reason: string, lastLines: readonly string[]) => void;
}

/** The processes of a federation, the file that names them, and how to get rid of both. */
export interface RunningParts {
  /** @returns What the program's ready line says; a bare address as `url`. */
  start(program: Program, facts: Facts): Promise<Ready>;
  /** Gateway first, then as in `federation.json`. */
  list(): readonly Part[];
  /** Writes `federation.json`, from now on whenever something changes. */
  publish(): void;
  stopPart(name: string): Promise<void>;
  restartPart(name: string): Promise<void>;
  stopAll(): Promise<void>;
}

interface Entry {
  readonly program: Program;
  readonly facts: Facts;
  readonly running: RunningProgram;
  readonly part: Part;
}

/** Who is asked first to stop: nobody may lose what it still works with. */
const STOP_ORDER: readonly (readonly Part['kind'][])[] = [['gateway'], ['identity', 'subgraph'], ['simulator']];

export function createRunningParts(options: RunningPartsOptions): RunningParts {
  const entries = new Map<string, Entry>();
  const stopped = new Map<string, Entry>();
  const logFolder = join(options.runFolder, 'logs');
  mkdirSync(logFolder, { recursive: true });
  let phase: 'starting' | 'running' | 'stopping' = 'starting';

  const list = () => [...entries.values()].map(({ part }) => part).sort(byKindAndName);
  const publish = () => {
    if (phase === 'running') writeRunFile(options.runFolder, list());
  };
  const start = async (program: Program, facts: Facts) => {
    const running = await startProgram(program, join(logFolder, `${program.name}.log`), options.signal);
    const ready = toReady(running.ready);
    const entry = { program, facts, running, part: toPart(running, facts, ready) };
    entries.set(program.name, entry);
    publish();
    void running.gone.then((reason) => {
      // Only who is still in the list was not asked to go.
      if (entries.get(program.name) !== entry) return;
      entries.delete(program.name);
      stopped.set(program.name, entry);
      publish();
      options.onGone(program.name, reason, running.lastLines());
    });
    return ready;
  };
  const stopPart = async (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined) throw new RangeError(`No part ${name} is running.`);
    entries.delete(name);
    publish();
    await entry.running.stop();
    stopped.set(name, entry);
  };
  return {
    start,
    list,
    publish() {
      phase = 'running';
      publish();
    },
    stopPart,
    async restartPart(name) {
      if (entries.has(name)) await stopPart(name);
      const entry = stopped.get(name);
      if (entry === undefined) throw new RangeError(`No part ${name} was running.`);
      await start(withPort(entry), entry.facts);
    },
    async stopAll() {
      phase = 'stopping';
      for (const kinds of STOP_ORDER)
        await Promise.all(
          list()
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ name }) => stopPart(name)),
        );
      clearRunFolder(options.runFolder);
      rmSync(options.temporaryFolder, { recursive: true, force: true });
    },
  };
}

const toReady = (ready: unknown): Ready =>
  typeof ready === 'object' && ready !== null ? (ready as Ready) : { url: String(ready) };

function toPart(running: RunningProgram, facts: Facts, ready: Ready): Part {
  const { name, pid } = running;
  const { kind, ...place } = facts;
  const told = Object.entries(ready).filter(([, value]) => typeof value === 'string' || Array.isArray(value));
  return { name, kind, pid, url: '', ...place, ...Object.fromEntries(told) };
}

/** A part that comes back has the addresses that the others know. */
function withPort({ program, part }: Entry): Program {
  const portOf = (url: string | undefined) => (url && new URL(url).port) || '0';
  return { ...program, env: { ...program.env, PORT: portOf(part.url), CONTROL_PORT: portOf(part.controlUrl) } };
}
