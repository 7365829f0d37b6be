import type { Route } from '../control.js';
import type { Archive } from './archive.js';
import { KINDS } from './kinds.js';
import type { Entry } from './layout.js';
import type { Store } from './store.js';

/** The clerks' work at the counter, as routes of the control API; each is in the export and on the scan when it answers. */
export function createCounter(
  archive: Archive,
  { store, writeExport }: { readonly store: Store; readonly writeExport: () => Promise<object> },
): Readonly<Record<string, Route>> {
  const publish = async (entry: Entry) => {
    const sheet = archive.scans().get(entry.file);
    if (sheet) await store.writeScans(new Map([[entry.file, sheet]]));
    return { entry, ...(await writeExport()) };
  };
  return {
    'POST /export': () => writeExport(),
    'POST /enter': ({ ags, parcelKey, kind = '99', content, enteredOn }) => {
      if (!KINDS.some(({ code }) => code === kind)) throw new Error('there is no such kind');
      return publish(
        archive.enter({
          ags: needText(ags, 'ags'),
          parcelKey: needText(parcelKey, 'parcelKey'),
          kind: needText(kind, 'kind'),
          content: needText(content, 'content'),
          enteredOn: needText(enteredOn, 'enteredOn'),
        }),
      );
    },
    'POST /erase': ({ ags, sheetNumber, entryNumber, deletedOn }) =>
      publish(
        archive.erase({
          ags: needText(ags, 'ags'),
          sheetNumber: needText(sheetNumber, 'sheetNumber'),
          entryNumber: Number(entryNumber),
          deletedOn: needText(deletedOn, 'deletedOn'),
        }),
      ),
  };
}

function needText(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is needed`);
  return value;
}
