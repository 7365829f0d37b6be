import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Log } from '../../lib/log.js';
import { type ChooseDocument, createChooseDocument, type DocumentMode } from './choose-document.js';
import { createDocumentIndex, type DocumentIndex } from './document-index.js';
import { readManifest } from './read-manifest.js';

export interface Documents {
  /** Whether a request may name a document by its id. */
  readonly takesIds: boolean;
  readonly choose: ChooseDocument;
  close(): void;
}

export interface DocumentSettings {
  readonly mode: DocumentMode;
  /** Manifests; their documents are one set. */
  readonly paths: readonly string[];
  readonly log: Log;
}

/**
 * Opens the registered documents and follows their files within a second. A file that cannot be used is refused with a
 * log line, and the documents read before stay. Polling, because a mounted Kubernetes volume changes through links.
 *
 * @throws Error where a file cannot be used at the start.
 */
export function openDocuments({ mode, paths, log }: DocumentSettings): Documents {
  const files = mode === 'off' ? [] : paths;
  let index = readIndex(files);
  const reload = () => {
    try {
      index = readIndex(files);
    } catch (error) {
      log.error({ reason: (error as Error).message }, 'trusted documents refused, the old ones stay');
      return;
    }
    log.info({ documents: index.size }, 'trusted documents taken over');
  };
  for (const path of files) watchFile(path, { interval: 250, persistent: false }, reload);
  return {
    takesIds: mode !== 'off',
    choose: createChooseDocument(mode, () => index),
    close() {
      for (const path of files) unwatchFile(path, reload);
    },
  };
}

function readIndex(paths: readonly string[]): DocumentIndex {
  try {
    return createDocumentIndex(paths.flatMap((path) => readManifest(readFileSync(path, 'utf8'))));
  } catch (error) {
    throw new Error(`Trusted documents cannot be used: ${(error as Error).message}`);
  }
}
