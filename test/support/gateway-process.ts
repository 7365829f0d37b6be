import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.js';

/** The built gateway as a process of its own. */
export interface GatewayProcess {
  readonly pid: number;
  /** `http://127.0.0.1:PORT/graphql` */
  readonly url: string;
  readonly origin: string;
  readonly adminUrl: string;
  /** Everything it has written so far. */
  output(): string;
  kill(signal: 'SIGTERM' | 'SIGINT'): void;
  readonly ended: Promise<number | null>;
  /** Sends SIGTERM and waits. @returns The exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts the gateway on free ports.
 *
 * @param nodeArgs For node itself.
 * @throws Error with what the gateway wrote, where it ends instead of getting ready.
 */
export async function startGateway(
  env: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): Promise<GatewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-audit-'));
  const settings = { PORT: '0', ADMIN_PORT: '0', DRAIN_NOTICE_MS: '0', AUDIT_DIR: join(folder, 'audit'), ...env };
  const gateway = run([...nodeArgs, 'dist/gateway/main.js'], settings);
  gateway.ended.then(
    () => rmSync(folder, { recursive: true, force: true }),
    () => undefined,
  );
  await gateway.waitFor('{"ready":');
  const line = gateway
    .stdout()
    .split('\n')
    .find((text) => text.startsWith('{"ready":'));
  const { ready } = JSON.parse(line ?? '') as { ready: { url: string; adminUrl: string } };
  return {
    pid: gateway.pid,
    ...ready,
    origin: new URL(ready.url).origin,
    output: () => `${gateway.stdout()}${gateway.stderr()}`,
    kill: gateway.kill,
    ended: gateway.ended,
    stop() {
      gateway.kill('SIGTERM');
      return gateway.ended;
    },
  };
}

/** Files of a test in a folder of their own. */
export interface TestFiles {
  /** @returns The path. */
  write(name: string, text: string): string;
  remove(): void;
}

export function createTestFiles(): TestFiles {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-gateway-'));
  return {
    write(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
