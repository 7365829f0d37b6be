// Builds the playground's page into gateway/playground/static/, where its sources have changed since the last time.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = 'gateway/playground/app';
const BUILT = 'gateway/playground/static';
const STAMP = join(ROOT, BUILT, '.sources');

const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
for (const folder of [APP, 'examples/queries'])
  for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort())
    if (/\.\w+$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(ROOT, folder, name)));
const sources = hash.digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sources) {
  await build({ configFile: join(ROOT, APP, 'vite.config.ts') });
  rmSync(join(ROOT, 'dist', BUILT), { recursive: true, force: true }); // files there carry the hashes of the old build
  writeFileSync(STAMP, sources);
}
