import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Municipality } from '../../lib/cooperation/model.js';
import type { Source } from '../../schema/try-compose.js';
import type { Finding } from '../subgraph/check/finding.js';
import { composeOpen } from '../subgraph/compose/compose-apart.js';
import { adopt } from '../subgraph/govern.js';
import { withSession } from '../subgraph/session.js';
import { writeAgreement } from './agreement.js';
import { startGateway } from './gateway.js';
import { startMock } from './mock.js';
import { openSchema } from './open-schema.js';

export interface DevOptions {
  /** The subgraph that runs here. */
  readonly name: string;
  readonly url: string;
  /** Reads its schema as it is now. */
  readonly readSchema: () => Promise<string>;
  /** Every other one, invented from its schema. */
  readonly others: readonly Source[];
  readonly municipalities: readonly Municipality[];
  /** Of the gateway; 0 takes a free one. */
  readonly port: number;
  /** PEM of the private key with which the gateway signs what it asks; `null`: it does not. */
  readonly signingKey: string | null;
  /** What keeps a schema from being used; empty: it runs now. */
  readonly onSchema: (findings: readonly Finding[]) => void;
}

export interface Dev {
  /** Of the gateway. */
  readonly url: string;
  close(): Promise<void>;
}

const INTERVAL_MS = 500;

/**
 * The federation with one subgraph of one's own and all others invented from their schemas: nobody's data, nobody's
 * network. Rules are left out, so that every field can be tried. The gateway follows the schema as it changes.
 *
 * @throws UsageError where the gateway does not start.
 */
export async function startDev(options: DevOptions): Promise<Dev> {
  const folder = await mkdtemp(join(tmpdir(), 'fachverbund-dev-'));
  const mocks = await Promise.all(options.others.map(async ({ name, sdl }) => ({ name, mock: await startMock(sdl) })));
  const places = [
    { name: options.name, url: options.url },
    ...mocks.map(({ name, mock }) => ({ name, url: mock.url })),
  ];
  const { keyPath, cooperation } = writeAgreement(folder, options.municipalities, places);
  const registry = join(folder, 'registry');
  let tried = '';
  let isPublished = false;
  const publish = async (): Promise<void> => {
    const sdl = await options.readSchema().catch(() => tried);
    if (sdl === tried) return;
    tried = sdl;
    const all = [...options.others, { name: options.name, sdl }];
    const sources = all.map((each) => ({
      ...each,
      sdl: openSchema(each.sdl),
    }));
    const given = { sources, stage: 'test', reason: 'development', keyPath, compose: composeOpen } as const;
    const findings = await withSession({ registry, cooperation }, (session) => adopt(session, given));
    isPublished ||= findings.length === 0;
    options.onSchema(findings);
  };
  await publish();
  // A schema that is no good is mended while this waits.
  while (!isPublished) await delay(INTERVAL_MS).then(publish);
  const gateway = await startGateway({
    PORT: String(options.port),
    ADMIN_PORT: '0',
    REGISTRY: registry,
    REGISTRY_STAGE: 'test',
    COOPERATION_PATH: cooperation,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    PLAYGROUND: 'on',
    INTROSPECTION: 'on',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    ...(options.signingKey !== null && { SUBGRAPH_SIGNING_KEY: options.signingKey }),
  });
  const rounds = repeat(publish);
  return {
    url: gateway.url,
    async close() {
      await rounds.stop();
      await gateway.stop();
      await Promise.all(mocks.map(({ mock }) => mock.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One round after the other; composing takes longer than the rest between them. */
function repeat(round: () => Promise<void>) {
  const stopped = new AbortController();
  const rounds = (async () => {
    while (!stopped.signal.aborted) {
      await delay(INTERVAL_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted) await round().catch(() => undefined);
    }
  })();
  return {
    async stop(): Promise<void> {
      stopped.abort();
      await rounds;
    },
  };
}
