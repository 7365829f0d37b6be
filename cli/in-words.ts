/** What files and connections are refused for, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  ECONNREFUSED: 'nobody answers there',
  EISDIR: 'is a folder',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  ENOTFOUND: 'no such host',
  ENOSPC: 'the disk is full',
  EROFS: 'cannot be written to',
};

/**
 * What a command says when it cannot go on.
 *
 * @returns One line that names the file or address as the user gave it, never a stack; what is not known here stays in
 *   the words of its error.
 */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', path, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  const place = path ?? (address === undefined ? undefined : `${address}:${port}`);
  return reason === undefined || place === undefined ? error.message : `${place}: ${reason}.`;
}
