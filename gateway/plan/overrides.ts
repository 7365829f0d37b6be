import { createHash } from 'node:crypto';

/** Which labels of `@override(label:)` count for a request: the field is then taken from its new home. */
export type DecideOverrides = (requestId: string) => readonly string[];

const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/**
 * @param labels All labels of the supergraph.
 * @param enabled Labels that always count. `percent(x)` counts for x of 100 requests, the same ones each time; a label
 * that is neither never does.
 */
export function createOverrides(labels: readonly string[], enabled: ReadonlySet<string>): DecideOverrides {
  const shares = labels.map(
    (label) => [label, enabled.has(label) ? 100 : Number(PERCENT.exec(label)?.[1] ?? 0)] as const,
  );
  if (shares.every(([, share]) => share === 0)) return () => NONE;
  return (requestId) => shares.filter(([, share]) => share > drawOf(requestId)).map(([label]) => label);
}

const NONE: readonly string[] = [];

/** One number for all labels of a request, so that 10 of 100 are among 20 of 100; from 0 to below 100. */
function drawOf(requestId: string): number {
  return (createHash('sha256').update(requestId).digest().readUInt32BE(0) / 2 ** 32) * 100;
}
