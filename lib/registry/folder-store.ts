import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashText, type RegistryEvent, readEvent } from './event.js';
import { addUsage, RegistryConflict, type RegistryStore, type Usage } from './store.js';

/**
 * A registry in a folder that all who use it can write to: one file for each event (`events/00000001.json`), one for
 * each text (`texts/HASH`), one for each day and writer (`usage/DAY/WRITER.json`).
 *
 * @throws What the file system says where the folder cannot be made.
 */
export async function createFolderStore(folder: string): Promise<RegistryStore> {
  const events = join(folder, 'events');
  const texts = join(folder, 'texts');
  const usage = join(folder, 'usage');
  for (const each of [events, texts, usage]) await mkdir(each, { recursive: true });
  return {
    async readEvents(after) {
      const found: RegistryEvent[] = [];
      for (let sequence = after + 1; ; sequence++) {
        const content = await readIfThere(join(events, nameOf(sequence)));
        // A file without its end is still being written; so is what follows.
        if (content === null || !content.endsWith('\n')) return found;
        found.push(readEvent(JSON.parse(content)));
      }
    },
    async appendEvent(event) {
      if (event.sequence > 1 && (await readIfThere(join(events, nameOf(event.sequence - 1)))) === null)
        throw new RegistryConflict();
      await writeNew(join(events, nameOf(event.sequence)), `${JSON.stringify(event, null, 2)}\n`);
    },
    async readText(hash) {
      const text = await readIfThere(join(texts, hash));
      return text !== null && hashText(text) === hash ? text : null;
    },
    async writeText(text) {
      const hash = hashText(text);
      await replace(join(texts, hash), text);
      return hash;
    },
    async writeUsage(day, writer, counted) {
      await mkdir(join(usage, day), { recursive: true });
      await replace(join(usage, day, `${writer}.json`), JSON.stringify(counted));
    },
    async readUsage(since) {
      const days = (await readdir(usage)).filter((day) => day >= since);
      const files = await Promise.all(
        days.map(async (day) => (await readdir(join(usage, day))).map((f) => join(day, f))),
      );
      const paths = files.flat().filter((file) => file.endsWith('.json'));
      return addUsage(
        await Promise.all(paths.map(async (file) => JSON.parse(await readFile(join(usage, file), 'utf8')) as Usage)),
      );
    },
    close: async () => undefined,
  };
}

const nameOf = (sequence: number): string => `${String(sequence).padStart(8, '0')}.json`;

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Creates the file or fails: of two writers one is the first. */
async function writeNew(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new RegistryConflict() : error;
  });
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Nobody ever reads half of it. */
async function replace(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  await writeFile(draft, content, { flush: true });
  await rename(draft, path);
}
