// Preloaded into a process under test: what it opens below DISK_DIR is on a disk that is what the file DISK_STATE says:
// full, read-only or slow; nothing of it while there is no such file.
import { readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

const SLOW_MS = 2000;

function state() {
  try {
    return readFileSync(process.env.DISK_STATE, 'utf8');
  } catch {
    return 'well';
  }
}

const refuse = (code) => {
  throw Object.assign(new Error(`${code}: as the test wants it`), { code });
};

const { open } = promises;
promises.open = async (path, flags = 'r', ...rest) => {
  const isGuarded = String(path).startsWith(process.env.DISK_DIR) && flags !== 'r';
  if (isGuarded && state() === 'read-only') refuse('EROFS');
  const file = await open(path, flags, ...rest);
  if (!isGuarded) return file;
  const { write } = file;
  file.write = async (bytes, offset, length, position) => {
    const now = state();
    if (now === 'read-only') refuse('EROFS');
    if (now === 'slow') await delay(SLOW_MS);
    if (now === 'full') {
      // As a real one does: a part still fits.
      await write.call(file, bytes, offset, length >> 1, position);
      refuse('ENOSPC');
    }
    return write.call(file, bytes, offset, length, position);
  };
  return file;
};
syncBuiltinESMExports();
