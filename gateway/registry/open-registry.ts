import { readCooperationFile } from '../../lib/cooperation/read.js';
import type { Log } from '../../lib/log.js';
import type { Stage } from '../../lib/registry/event.js';
import { createRegistry, openStore } from '../../lib/registry/registry.js';
import { type Follower, openFollower } from './follow.js';
import { createUsageRecorder, type UsageRecorder } from './usage.js';

export interface RegistrySettings {
  /** A folder, or `postgres://…`. */
  readonly where: string;
  readonly stage: Stage;
  /** Who may decide what. */
  readonly cooperationPath: string;
  /** As `openFollower`. */
  readonly isUsable: (sdl: string) => boolean;
  readonly log: Log;
}

/** The registry as a gateway uses it. */
export interface RegistryLink extends Omit<Follower, 'close'> {
  readonly usage: UsageRecorder;
  close(): Promise<void>;
}

/** @throws What the registry refuses where it cannot be read at the start, CooperationError as `readCooperationFile`. */
export async function openRegistry(settings: RegistrySettings): Promise<RegistryLink> {
  const { where, stage, cooperationPath, isUsable, log } = settings;
  const store = await openStore(where);
  const registry = createRegistry(store, () => readCooperationFile(cooperationPath));
  const follower = await openFollower(registry, stage, isUsable);
  const usage = createUsageRecorder({ store, log });
  return {
    ...follower,
    usage,
    async close() {
      await follower.close();
      await usage.close();
      await registry.close();
    },
  };
}
