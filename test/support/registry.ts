import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import type { EventBody, Stage } from '../../lib/registry/event.js';
import { drawKeyPair, readPrivateKey } from '../../lib/registry/keys.js';
import { createRegistry, openStore } from '../../lib/registry/registry.js';
import { currentOf, type RegistryState } from '../../lib/registry/state.js';
import { type Source, tryCompose } from '../../schema/try-compose.js';

/** Where a subgraph runs. */
export interface RunsAt {
  readonly url: string;
  /** As in the cooperation file; every municipality where nothing is said. */
  readonly serves?: readonly string[];
}

export interface Published {
  readonly sources: readonly Source[];
  /** URLs of the instances that serve each schema; all where nothing is said. */
  readonly instances?: Readonly<Record<string, readonly string[]>>;
  /** In the place of what the sources compose to. */
  readonly supergraph?: string;
}

/** A registry in a folder of a test, with an agreement of two municipalities, one provider and one coordinator. */
export interface TestRegistry {
  readonly where: string;
  readonly folder: string;
  readonly cooperationPath: string;
  /** Of private keys, by who has them. */
  readonly keys: { readonly coordinator: string; readonly provider: string };
  /** What a gateway needs to follow it. */
  readonly env: Readonly<Record<string, string>>;
  /** Proposes, composes and approves schemas at once. */
  publish(published: Published): Promise<void>;
  append(body: EventBody, as?: 'coordinator' | 'provider'): Promise<void>;
  state(): Promise<RegistryState>;
  /** @throws Error where the sources do not compose. */
  compose(sources: readonly Source[]): string;
  remove(): Promise<void>;
}

export const MUNICIPALITIES = [
  { ags: '10045114', name: 'Homburg', district: '10045' },
  { ags: '10043114', name: 'Neunkirchen', district: '10043' },
];

export interface TestRegistryOptions {
  readonly stage?: Stage;
  /** Where it is kept; in the folder of the test where nothing is said. */
  readonly where?: string;
}

/** @param subgraphs Instances by name of the subgraph. */
export async function createTestRegistry(
  subgraphs: Readonly<Record<string, readonly RunsAt[]>>,
  { stage = 'production', where: elsewhere }: TestRegistryOptions = {},
): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-registry-'));
  const pairs = { coordinator: drawKeyPair(), provider: drawKeyPair() };
  const keys = { coordinator: join(folder, 'coordinator.pem'), provider: join(folder, 'provider.pem') };
  writeFileSync(keys.coordinator, pairs.coordinator.privatePem);
  writeFileSync(keys.provider, pairs.provider.privatePem);
  const cooperationPath = join(folder, 'cooperation.yaml');
  writeFileSync(cooperationPath, toAgreement(subgraphs, pairs));
  const where = elsewhere ?? join(folder, 'registry');
  const registry = createRegistry(await openStore(where), () => readCooperationFile(cooperationPath));
  const append = async (body: EventBody, as: 'coordinator' | 'provider' = 'coordinator') => {
    const actor = as === 'coordinator' ? 'coordinator' : 'provider:iks';
    await registry.append(body, { actor, key: readPrivateKey(pairs[as].privatePem) });
  };
  return {
    where,
    folder,
    cooperationPath,
    keys,
    env: { REGISTRY: where, REGISTRY_STAGE: stage, COOPERATION_PATH: cooperationPath, AUDIT: 'off' },
    append,
    state: registry.refresh,
    compose,
    async publish({ sources, instances = {}, supergraph = compose(sources) }) {
      const state = await registry.refresh();
      const from: Record<string, number> = { ...currentOf(state, stage)?.from };
      const composed = await registry.store.writeText(supergraph);
      for (const { name, sdl } of sources) {
        const hash = await registry.store.writeText(sdl);
        const known = state.subgraphs.get(name) ?? [];
        if (known.at(-1)?.sdl === hash && instances[name] === undefined) continue;
        const version = known.length + 1;
        from[name] = version;
        const served = { sdl: hash, served: hash, report: hash, instances: [...(instances[name] ?? [])] };
        await append(
          {
            ...{ type: 'proposed', subgraph: name, version, provider: 'iks', ...served },
            instances: instances[name] ? [...instances[name]] : null,
          },
          'provider',
        );
      }
      const [first] = sources;
      const approval = { legalBasis: '§ 3 EGovG', contractReference: 'V 1', stage, supergraph: composed, from };
      const subgraph = first?.name ?? '';
      await append({ type: 'approved', subgraph, version: from[subgraph] ?? 1, ...approval });
    },
    async remove() {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function compose(sources: readonly Source[]): string {
  const composed = tryCompose(sources, { needsRules: false });
  if ('faults' in composed) throw new Error(composed.faults.map(({ message }) => message).join('\n'));
  return composed.supergraph;
}

const toAgreement = (
  subgraphs: Readonly<Record<string, readonly RunsAt[]>>,
  pairs: Readonly<Record<'coordinator' | 'provider', { readonly publicKey: string }>>,
): string =>
  stringify({
    coordinator: 'ego',
    coordinatorKey: pairs.coordinator.publicKey,
    municipalities: MUNICIPALITIES,
    providers: [
      { id: 'ego', name: 'eGo' },
      { id: 'iks', name: 'IKS', key: pairs.provider.publicKey },
    ],
    subgraphs: Object.fromEntries(
      Object.entries(subgraphs).map(([name, instances]) => [
        name,
        { instances: instances.map(({ url, serves = ['*'] }) => ({ provider: 'iks', url, serves: [...serves] })) },
      ]),
    ),
  });
