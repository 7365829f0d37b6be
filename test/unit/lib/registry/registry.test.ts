import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCooperation } from '../../../../lib/cooperation/read.js';
import { type EventBody, hashText } from '../../../../lib/registry/event.js';
import { createFolderStore } from '../../../../lib/registry/folder-store.js';
import { drawKeyPair } from '../../../../lib/registry/keys.js';
import { createRegistry, type Registry, RegistryError } from '../../../../lib/registry/registry.js';
import { currentOf, servedBy, versionOf } from '../../../../lib/registry/state.js';
import { RegistryConflict } from '../../../../lib/registry/store.js';

const IKS = drawKeyPair();
const SPK = drawKeyPair();
const EGO = drawKeyPair();
const keyOf = ({ privatePem }: { privatePem: string }): KeyObject => createPrivateKey(privatePem);
const iks = { actor: 'provider:iks', key: keyOf(IKS) } as const;
const spk = { actor: 'provider:spk', key: keyOf(SPK) } as const;
const coordinator = { actor: 'coordinator', key: keyOf(EGO) } as const;

const at = (port: number) => `http://127.0.0.1:${port}/graphql`;
const AGREEMENT = readCooperation(`
coordinator: spk
coordinatorKey: ${EGO.publicKey}
municipalities: [{ ags: "10045114", name: Homburg, district: "10045" }, { ags: "10041100", name: Saarbrücken, district: "10041" }]
providers: [{ id: iks, name: IKS, key: ${IKS.publicKey} }, { id: spk, name: SPK, key: ${SPK.publicKey} }]
subgraphs:
  permits:
    instances:
      - { provider: iks, url: "${at(4101)}", serves: ["10041*"] }
      - { provider: iks, url: "${at(4102)}", serves: ["10045*"] }
  fees: { instances: [{ provider: spk, url: "${at(4103)}", serves: ["*"] }] }
`);

const proposal = (version: number, instances: string[] | null = null): EventBody => ({
  type: 'proposed',
  subgraph: 'permits',
  version,
  provider: 'iks',
  sdl: hashText(`sdl ${version}`),
  served: hashText(`sdl ${version}`),
  instances,
  report: hashText('report'),
});
const approval = (version: number): EventBody => ({
  type: 'approved',
  subgraph: 'permits',
  version,
  legalBasis: '§ 80 SGB X',
  contractReference: 'V 1',
  stage: 'production',
  supergraph: hashText(`supergraph ${version}`),
  from: { permits: version },
});

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-registry-'));
  registry = createRegistry(await createFolderStore(folder), () => AGREEMENT);
});
afterEach(() => rm(folder, { recursive: true }));

describe('a registry', () => {
  it('runs what the coordinator approved last', async () => {
    await registry.append(proposal(1), iks);
    await registry.append(approval(1), coordinator);
    await registry.append(proposal(2), iks);
    expect(currentOf(await registry.refresh(), 'production')).toMatchObject({ version: 1, from: { permits: 1 } });
    const state = await registry.append(approval(2), coordinator);
    expect(currentOf(state, 'production')).toMatchObject({ version: 2, from: { permits: 2 } });
    expect(currentOf(state, 'test')).toBeNull();
    expect(versionOf(state, 'permits', 1)?.provider).toBe('iks');
  });

  it('knows which instance still serves an older version', async () => {
    await registry.append(proposal(1), iks);
    await registry.append(proposal(2, [at(4102)]), iks);
    const state = await registry.append(approval(2), coordinator);
    const served = (url: string) => servedBy(state, { stage: 'production', subgraph: 'permits', url })?.version;
    expect([served(at(4101)), served(at(4102))]).toEqual([1, 2]);
  });

  it('is the same for another process', async () => {
    await registry.append(proposal(1), iks);
    const other = createRegistry(await createFolderStore(folder), () => AGREEMENT);
    expect(await other.refresh()).toEqual(await registry.refresh());
  });

  it.each<[string, EventBody, typeof iks | typeof spk | typeof coordinator]>([
    ['a proposal of a subgraph that the provider does not run', proposal(1), spk],
    ['a proposal with the coordinator key', proposal(1), coordinator],
    ['a proposal for an instance of somebody else', proposal(1, [at(4103)]), iks],
    ['an approval by a provider', approval(1), iks],
    ['the disabling of a neighbour', { type: 'disabled', instance: at(4101), reason: 'no' }, spk],
  ])('refuses %s', async (_, body, signer) => {
    await expect(registry.append(body, signer)).rejects.toThrow(RegistryError);
    expect(await readdir(join(folder, 'events'))).toEqual([]);
  });

  it('lets one of two that write at the same time be the first', async () => {
    const other = createRegistry(await createFolderStore(folder), () => AGREEMENT);
    const results = await Promise.allSettled([registry.append(proposal(1), iks), other.append(proposal(1), iks)]);
    const lost = results.filter(({ status }) => status === 'rejected');
    expect(lost.map((result) => (result as PromiseRejectedResult).reason)).toEqual([expect.any(RegistryConflict)]);
  });

  it('finds a changed event, and keeps what it knew', async () => {
    const before = await registry.append(proposal(1), iks);
    await registry.append(approval(1), coordinator);
    const path = join(folder, 'events', '00000002.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('§ 80 SGB X', '§ 81 SGB X'));
    const store = await createFolderStore(folder);
    const other = createRegistry(store, () => AGREEMENT);
    await expect(other.refresh()).rejects.toThrow(/event 2: the signature of coordinator does not hold/);
    expect(before.sequence).toBe(1);
  });

  it('finds a change before the coordinator has signed, although later keys are not known any more', async () => {
    await registry.append(proposal(1), iks);
    await registry.append(approval(1), coordinator);
    const rotated = { ...AGREEMENT, providers: AGREEMENT.providers.map((provider) => ({ ...provider, key: null })) };
    const reader = async () => createRegistry(await createFolderStore(folder), () => rotated).refresh();
    expect(await reader()).toEqual(await registry.refresh());
    const path = join(folder, 'events', '00000001.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 1', '"version": 2'));
    await expect(reader()).rejects.toThrow(/Event 2 of the registry does not follow event 1/);
  });

  it('keeps texts by their hash, and believes only what fits it', async () => {
    const { store } = registry;
    const hash = await store.writeText('type Query { a: Int }');
    expect(await store.readText(hash)).toBe('type Query { a: Int }');
    await writeFile(join(folder, 'texts', hash), 'type Query { b: Int }');
    expect(await store.readText(hash)).toBeNull();
    expect(await store.readText(hashText('other'))).toBeNull();
  });

  it('adds up what is used, by client, since a day', async () => {
    const { store } = registry;
    const used = (count: number) => ({ a1: { text: '{ a }', operationName: null, clients: { portal: count } } });
    await store.writeUsage('2026-01-01', 'one', used(100));
    await store.writeUsage('2026-02-01', 'one', used(2));
    await store.writeUsage('2026-02-01', 'one', used(3));
    await store.writeUsage('2026-02-02', 'two', used(4));
    expect((await store.readUsage('2026-02-01')).a1?.clients).toEqual({ portal: 7 });
  });
});
