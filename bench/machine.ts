import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { canPin } from './processes.js';

/** Where and of what a table was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly commit: string;
  readonly isPinned: boolean;
  readonly measuredAt: string;
}

export function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: readCommit(),
    isPinned: canPin() && cpus().length > 1,
    measuredAt: new Date().toISOString(),
  };
}

export function describeMachine({ cpu, cores, memoryGb, node, commit, isPinned, measuredAt }: Machine): string {
  const pinning = isPinned ? 'gateway on one core, load and subgraphs on another' : 'nothing pinned: only ratios count';
  return `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, commit ${commit}, ${measuredAt}; ${pinning}`;
}

/** A tree with changes is marked: its numbers belong to no commit. */
function readCommit(): string {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  return git('status', '--porcelain') === '' ? commit : `${commit} with changes`;
}
