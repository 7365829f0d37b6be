import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Caller } from '../../lib/caller.js';
import { readCooperation } from '../../lib/cooperation/read.js';
import * as scripts from '../../scripts/federation.js';
import { findFreePorts } from '../../scripts/ports.js';
import { dist, ROOT } from '../../scripts/root.js';
import type { Part } from '../../scripts/run-file.js';
import type { Person, WorldSettings } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { type Answer, ask, type Question } from './ask.js';
import { type Control, createControl } from './control.js';
import { createGatewayKey, type GatewayKey } from './gateway-key.js';

/** What of a federation a test needs; everything where nothing is said. */
export interface TestFederationOptions {
  /** Path of a cooperation file; its ports are replaced by free ones. */
  readonly cooperation?: string;
  /** Names of the subgraphs whose instances run. */
  readonly subgraphs?: readonly string[];
  readonly identity?: boolean;
  /** `false`, or settings of the gateway beside those it needs to run. */
  readonly gateway?: false | Readonly<Record<string, string>>;
  /** Told what caches must forget beside the gateway. */
  readonly invalidationUrls?: readonly string[];
  readonly size?: number;
  readonly today?: string;
}

export interface TestFederation {
  /** Where GraphQL is asked. */
  readonly gatewayUrl: string;
  /** The cooperation file in use; a test may write it anew. */
  readonly cooperationPath: string;
  readonly world: WorldSettings;
  /** The gateway's, for requests to subgraphs past it. */
  readonly key: GatewayKey;
  /** What really is: everybody of the simulated world. */
  truth(): readonly Person[];
  /** The person behind a persona that is a citizen. */
  persona(name: string): Person;
  parts(): readonly Part[];
  /** @throws RangeError where there is no part of that name. */
  part(name: string): Part;
  tokenFor(persona: string): Promise<string>;
  /** Asks the gateway; `persona` signs in first, and states the purpose and file of its office where no header does. */
  query<Data = Record<string, unknown>>(
    document: string,
    question?: Question & { readonly persona?: string },
  ): Promise<Answer<Data>>;
  /** Asks one instance of a subgraph past the gateway, with the gateway's key. */
  querySubgraph<Data = Record<string, unknown>>(
    name: string,
    document: string,
    question?: Pick<Question, 'variables'> & { readonly caller?: Caller },
  ): Promise<Answer<Data>>;
  /** The simulated system behind an instance, for example `residents-iks`. */
  control(name: string): Control;
  stopPart(name: string): Promise<void>;
  restartPart(name: string): Promise<void>;
  stop(): Promise<void>;
}

const TODAY = '2026-03-20';

/** What the clerks among the personas state with a request. */
const STATEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'residents-clerk': { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'EMA 1/2026' },
  'benefit-clerk': { 'x-purpose': 'housing-benefit.case', 'x-file-reference': 'WG 1/2026' },
  'vehicle-clerk': { 'x-purpose': 'vehicles.registration', 'x-file-reference': 'KFZ 1/2026' },
  'building-clerk': { 'x-purpose': 'encumbrances.inquiry', 'x-file-reference': 'BL 1/2026' },
};

/** Starts a federation for a test, in ports and folders of its own. It must be stopped again. */
export async function startFederation(options: TestFederationOptions = {}): Promise<TestFederation> {
  if (!existsSync(dist('scripts'))) throw new Error('End-to-end tests run the built programs: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
  const cooperationPath = join(folder, 'cooperation.yaml');
  writeFileSync(cooperationPath, await withFreePorts(options.cooperation ?? join(ROOT, 'cooperation.yaml')));
  const cooperation = readCooperation(readFileSync(cooperationPath, 'utf8'));
  const population = { size: options.size ?? 2000, seed: 1, today: options.today ?? TODAY };
  const [gatewayPort = 0, adminPort = 0] = await findFreePorts(2);
  const key = createGatewayKey();
  const started = scripts.startFederation({
    cooperation,
    cooperationPath,
    runFolder: join(folder, 'run'),
    population,
    subgraphs: options.subgraphs ?? null,
    identity: options.identity ?? true,
    gateway: options.gateway !== false,
    gatewayPort,
    // Most suites change a system and look at once; those about caches switch them on.
    gatewayEnv: {
      ADMIN_PORT: String(adminPort),
      RESPONSE_CACHE: 'off',
      ENTITY_CACHE: 'off',
      ...(options.gateway || {}),
    },
    databaseUrl: null,
    logLevel: 'info',
    surroundings: process.env,
    keyPair: key.keyPair,
    invalidationUrls: options.invalidationUrls ?? [],
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const federation = await started.catch((error: unknown) => {
    remove();
    throw error;
  });
  return face(federation, {
    world: { municipalities: cooperation.municipalities, ...population },
    cooperationPath,
    gatewayUrl: `http://127.0.0.1:${gatewayPort}/graphql`,
    key,
    remove,
  });
}

function face(
  federation: scripts.Federation,
  known: Pick<TestFederation, 'world' | 'cooperationPath' | 'gatewayUrl'> & {
    readonly key: GatewayKey;
    remove(): void;
  },
): TestFederation {
  const { world, gatewayUrl, cooperationPath, key } = known;
  const part = (name: string) => {
    const found = federation.list().find((one) => one.name === name);
    if (found === undefined) throw new RangeError(`No part ${name} is running.`);
    return found;
  };
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (persona: string) => {
    const token = tokens.get(persona) ?? requestToken(part('identity'), persona);
    tokens.set(persona, token);
    return token;
  };
  let everybody: readonly Person[] | null = null;
  const truth = () => {
    everybody ??= [...people(world)];
    return everybody;
  };
  return {
    gatewayUrl,
    cooperationPath,
    world,
    key,
    truth,
    persona(name) {
      const found = truth().find(({ persona }) => persona === name);
      if (found === undefined) throw new RangeError(`Persona ${name} is no citizen.`);
      return found;
    },
    parts: () => federation.list(),
    part,
    tokenFor,
    query: async (document, { persona, ...question } = {}) =>
      ask(gatewayUrl, document, {
        ...(persona && { token: await tokenFor(persona) }),
        ...question,
        headers: { ...STATEMENTS[persona ?? ''], ...question.headers },
      }),
    querySubgraph(name, document, { caller, ...question } = {}) {
      const { url, subgraph = '' } = part(name);
      return ask(url, document, { ...question, signed: key.signAs(subgraph, caller) });
    },
    control: (name) => createControl(part(`${name}-simulator`)),
    stopPart: (name) => federation.stopPart(name),
    restartPart: (name) => federation.restartPart(name),
    async stop() {
      await federation.stopAll();
      known.remove();
    },
  };
}

/** The text of a cooperation file with free ports of the loopback address for all its instances. */
export async function withFreePorts(path: string): Promise<string> {
  const document = parse(readFileSync(path, 'utf8')) as { subgraphs: Record<string, { instances: { url: string }[] }> };
  const instances = Object.values(document.subgraphs).flatMap((subgraph) => subgraph.instances);
  const ports = await findFreePorts(instances.length);
  instances.forEach((instance, index) => {
    instance.url = `http://127.0.0.1:${ports[index]}/graphql`;
  });
  return stringify(document);
}

/** A real grant: the persona's client asks with its credentials. */
async function requestToken(identity: Part, persona: string): Promise<string> {
  const response = await fetch(`${identity.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${persona}:${identity.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new RangeError(`No token for persona ${persona}: ${response.status}`);
  return token;
}
