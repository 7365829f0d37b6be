import type { SubgraphAnswer } from '../fetch/subgraph-request.js';
import { renamesOf } from '../plan/field-tree.js';
import { compileCollect } from './collect.js';
import { compileAsk, copy, type FetchParts, wholeFaults } from './fetch-parts.js';
import { compileRewrites } from './rewrite.js';
import type { Run, Step } from './run.js';
import type { Data } from './types.js';

/** A fetch that asks a root type: at the root of the operation, or where a field leads back to it. */
export function compileRootFetch(parts: FetchParts): Step {
  const { fetch, types, merge } = parts;
  const collect = compileCollect(fetch.path, types);
  const ask = compileAsk(fetch);
  const rewrite = compileRewrites(fetch.outputRewrites, types);
  const note = compileNote(parts);
  const fill = async (run: Run, targets: readonly Data[]): Promise<void> => {
    const answer = await ask(run, null);
    const { data } = answer;
    if (data) {
      rewrite?.(data);
      const copies = targets.slice(1).map(() => copy(data));
      targets.forEach((target, index) => {
        merge(target, copies[index - 1] ?? data);
      });
    }
    if (data === null || answer.errors.length > 0) note(run, answer, targets);
  };
  return (run) => {
    const targets = fetch.path.length === 0 ? [run.root] : collect(run.root, run.sharedBelow);
    return targets.length > 0 ? fill(run, targets) : undefined;
  };
}

function compileNote({ fetch, fields }: FetchParts) {
  const renamed = renamesOf(fetch);
  return (run: Run, answer: SubgraphAnswer, targets: readonly Data[]): void => {
    const coversNull = answer.data !== null;
    const faults = wholeFaults(run, answer, fetch.subgraph);
    for (const target of targets) {
      for (const fault of faults) run.losses.lose(target, { fault, fields: fields(), coversNull });
      for (const error of answer.errors) if (error.path?.length) run.losses.place(target, error.path, error, renamed);
    }
  };
}
