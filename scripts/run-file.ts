import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isFree } from './ports.js';

/** What runs where: one entry of `.run/federation.json`. */
export interface Part {
  readonly name: string;
  readonly kind: 'gateway' | 'identity' | 'subgraph' | 'simulator';
  readonly pid: number;
  readonly url: string;
  readonly subgraph?: string;
  readonly provider?: string;
  readonly municipalities?: readonly string[];
  readonly controlUrl?: string;
  readonly databaseUrl?: string;
  readonly exportFolder?: string;
  /** Secret of the personas' clients at the demo identity provider; new at each start. */
  readonly clientSecret?: string;
  /** Who can sign in at the demo identity provider. */
  readonly personas?: readonly string[];
}

const KINDS = ['gateway', 'identity', 'subgraph', 'simulator'] as const satisfies readonly Part['kind'][];

export const byKindAndName = (one: Part, other: Part): number =>
  KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || (one.name < other.name ? -1 : 1);

/** Written whole or not at all, and for the own user alone. */
export function writeRunFile(folder: string, parts: readonly Part[]): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'federation.json');
  writeFileSync(`${path}.new`, `${JSON.stringify({ parts: [...parts].sort(byKindAndName) }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(`${path}.new`, path);
}

/** Removes what a start wrote there, and the folder where nothing else is in it. */
export function clearRunFolder(folder: string): void {
  for (const name of ['federation.json', 'logs']) rmSync(join(folder, name), { recursive: true, force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** @returns The address of a gateway that an earlier start left running with this folder, or `null`. */
export async function findRunning(folder: string): Promise<string | null> {
  const path = join(folder, 'federation.json');
  if (!existsSync(path)) return null;
  const { parts } = JSON.parse(readFileSync(path, 'utf8')) as { parts: readonly Part[] };
  const gateway = parts.find(({ kind }) => kind === 'gateway');
  return gateway && !(await isFree(Number(new URL(gateway.url).port))) ? gateway.url : null;
}
