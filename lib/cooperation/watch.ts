import { unwatchFile, watchFile } from 'node:fs';
import type { Log } from '../log.js';
import type { Cooperation } from './model.js';
import { readCooperationFile } from './read.js';

export interface CooperationSource {
  /** The agreement in force. Read it once per request. */
  current(): Cooperation;
  close(): void;
}

/**
 * Reads the file and follows its changes within a second. A file that cannot be used is refused with a log line, and
 * the agreement in force stays. Polling, because a mounted Kubernetes volume changes through links that a watcher of
 * one file does not see.
 *
 * @throws CooperationError where the file cannot be used at the start.
 */
export function watchCooperation(
  path: string,
  log: Log,
  onChange: (cooperation: Cooperation) => void = () => undefined,
): CooperationSource {
  let current = readCooperationFile(path);
  const reload = () => {
    try {
      current = readCooperationFile(path);
    } catch (error) {
      log.error({ reason: (error as Error).message }, 'cooperation file refused, the old one stays');
      return;
    }
    log.info({ municipalities: current.municipalities.length }, 'cooperation file taken over');
    onChange(current);
  };
  watchFile(path, { interval: 250, persistent: false }, reload);
  return { current: () => current, close: () => unwatchFile(path, reload) };
}
