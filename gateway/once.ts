/** @returns Does the work when it is first called; every further call gets the result of that one. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}
