import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, found from `scripts/` and from `dist/scripts/` alike. */
export const ROOT = fileURLToPath(
  new URL(existsSync(new URL('../package.json', import.meta.url)) ? '..' : '../..', import.meta.url),
);

/** A path below `dist/`, where the built programs are. */
export const dist = (path: string): string => join(ROOT, 'dist', path);
