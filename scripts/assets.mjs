// Copies the files that code reads beside itself to dist/.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

const ENDINGS = new Set([
  '.graphql',
  '.yaml',
  '.json',
  '.sql',
  '.html',
  '.css',
  '.js',
  '.svg',
  '.txt',
  '.woff2',
  '.ttf',
]);
const ROOMS = ['gateway', 'subgraphs', 'lib', 'schema', 'simulators', 'cli', 'bench'];

for (const room of ROOMS.filter((name) => existsSync(name))) copyAssets(room);

function copyAssets(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'app') copyAssets(path);
    else if (ENDINGS.has(extname(entry.name))) copy(path, join('dist', path));
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
