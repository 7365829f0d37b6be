import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Cooperation, type Instance, isServedBy } from '../lib/cooperation/model.js';
import type { AuditFolder } from './audit-folder.js';
import type { Program } from './program.js';
import { dist } from './root.js';

type Env = Readonly<Record<string, string>>;

/** What one start has in common. */
export interface PlanSettings {
  readonly cooperation: Cooperation;
  /** Absolute path of the file that `cooperation` was read from. */
  readonly cooperationPath: string;
  readonly population: { readonly size: number; readonly seed: number; readonly today: string };
  /** Names of the subgraphs that run; all of them where `null`. */
  readonly subgraphs: readonly string[] | null;
  readonly gatewayPort: number;
  /** PostgreSQL for the housing-benefit simulators instead of one of their own. */
  readonly databaseUrl: string | null;
  readonly temporaryFolder: string;
  /** Where the gateway writes who was told what. */
  readonly audit: AuditFolder;
  /** With which the gateway proves its requests to the subgraphs. */
  readonly keyPair: KeyPair;
  /** Operators' ports that are told what caches must forget, and the token of all of them. */
  readonly invalidation: { readonly urls: readonly string[]; readonly token: string };
  readonly logLevel: string;
  /** Environment of the process that starts all this. */
  readonly surroundings: Readonly<Record<string, string | undefined>>;
  /** Further environment of the gateway. */
  readonly gatewayEnv: Env;
}

/** Ed25519. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A new one each time: the demo keeps no secret on the disk. */
export const drawKeyPair = (): KeyPair => generateKeyPairSync('ed25519');

/** What a subgraph must know to believe the gateway. */
export const publicKeyEnv = ({ publicKey }: Pick<KeyPair, 'publicKey'>): Env => ({
  GATEWAY_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
});

/** An instance of a subgraph and, where it has one, the simulated system behind it. */
export interface PlannedInstance {
  readonly subgraph: string;
  readonly provider: string;
  readonly municipalities: readonly string[];
  readonly simulator: Program | null;
  /** @param ready What the simulator's ready line says. */
  program(ready: Readonly<Record<string, unknown>>): Program;
}

/** Of the surroundings programs get only what they need to run at all: a PORT meant for one must not reach all. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ'];

/** How an instance finds its legacy system, which keys it has, and whether it tells gateways what that has changed. */
const LEGACY: Readonly<
  Record<string, { from: string; to: string; keys: readonly (keyof Keys)[]; env?: Env; tells?: true }>
> = {
  residents: {
    from: 'url',
    to: 'LEGACY_URL',
    keys: ['RESIDENT_ID_KEY', 'VEHICLES_LINK_KEY', 'HOUSING_BENEFIT_LINK_KEY', 'OWN_RECORD_KEY'],
    tells: true,
  },
  'housing-benefit': {
    from: 'databaseUrl',
    to: 'DATABASE_URL',
    keys: ['HOUSING_BENEFIT_LINK_KEY', 'OWN_RECORD_KEY'],
    tells: true,
  },
  vehicles: { from: 'exportFolder', to: 'EXPORT_FOLDER', keys: ['VEHICLES_LINK_KEY', 'OWN_RECORD_KEY'], tells: true },
  encumbrances: { from: 'exportFolder', to: 'EXPORT_FOLDER', keys: ['SHEET_LINK_KEY'] },
  // Nobody who tries the demo waits a minute for what they have just published.
  services: { from: 'url', to: 'LEGACY_URL', keys: [], env: { POLL_INTERVAL_MS: '500' } },
};

type Keys = ReturnType<typeof drawKeys>;

/** New ones each time: the demo keeps no secret on the disk. */
const drawKeys = () => ({
  RESIDENT_ID_KEY: randomBytes(32).toString('base64url'),
  VEHICLES_LINK_KEY: randomBytes(32).toString('base64url'),
  OWN_RECORD_KEY: randomBytes(32).toString('base64url'),
  HOUSING_BENEFIT_LINK_KEY: randomBytes(32).toString('base64url'),
  SHEET_LINK_KEY: randomBytes(32).toString('base64url'),
});

/** A technical user for the register of each municipality: `AGS:name:password`, by commas. */
export const drawCredentials = (municipalities: readonly string[]): string =>
  municipalities.map((ags) => `${ags}:fachverbund-${ags}:${randomBytes(18).toString('base64url')}`).join(',');

export function planInstances(settings: PlanSettings): readonly PlannedInstance[] {
  const keys = drawKeys();
  return [...settings.cooperation.subgraphs]
    .filter(([name]) => settings.subgraphs?.includes(name) ?? existsSync(dist(`subgraphs/${name}/index.js`)))
    .flatMap(([name, instances]) =>
      instances.map((_, index) => planInstance(name, { instances, index, settings, keys })),
    );
}

function planInstance(
  subgraph: string,
  from: { instances: readonly Instance[]; index: number; settings: PlanSettings; keys: Keys },
): PlannedInstance {
  const { settings, keys } = from;
  const instance = from.instances[from.index] as Instance;
  const municipalities = settings.cooperation.municipalities
    .filter(({ ags }) => isServedBy(instance, ags))
    .map(({ ags }) => ags);
  const name = nameOf(subgraph, from.instances, from.index);
  const legacy = LEGACY[subgraph];
  const credentials = subgraph === 'residents' ? drawCredentials(municipalities) : null;
  const push =
    credentials === null
      ? null
      : {
          url: new URL('/xmeld', instance.url).href,
          credentials: drawCredentials(municipalities),
        };
  const { hostname, port, protocol } = new URL(instance.url);
  const env = {
    ...baseEnv(settings),
    PORT: port === '' ? (protocol === 'https:' ? '443' : '80') : port,
    HOST: hostname.replace(/^\[|\]$/g, ''),
    PROVIDER: instance.provider,
    LOG_LEVEL: settings.logLevel,
    ...publicKeyEnv(settings.keyPair),
    ...legacy?.env,
    ...Object.fromEntries((legacy?.keys ?? []).map((key) => [key, keys[key]])),
    ...(credentials && { LEGACY_CREDENTIALS: credentials }),
    ...(push && { PUSH_CREDENTIALS: push.credentials }),
    ...(legacy?.tells && invalidationEnv(settings)),
    ...(subgraph === 'encumbrances' && { PUBLIC_URL: new URL(instance.url).origin }),
    ...(subgraph === 'access-log' && { ...auditEnv(settings), OWN_RECORD_KEY: keys.OWN_RECORD_KEY }),
  };
  return {
    subgraph,
    provider: instance.provider,
    municipalities,
    simulator: legacy ? planSimulator(subgraph, { name, municipalities, settings, credentials, push }) : null,
    program: (ready) => ({
      name,
      script: 'subgraphs/main.js',
      args: [subgraph],
      env: legacy ? { ...env, [legacy.to]: String(ready[legacy.from]) } : env,
    }),
  };
}

/** `residents-iks`; a provider that runs several instances of one kind has `residents-iks-2` and so on. */
function nameOf(subgraph: string, instances: readonly Instance[], index: number): string {
  const provider = instances[index]?.provider ?? '';
  const before = instances.slice(0, index).filter((instance) => instance.provider === provider).length;
  return before === 0 ? `${subgraph}-${provider}` : `${subgraph}-${provider}-${before + 1}`;
}

function planSimulator(
  kind: string,
  from: {
    name: string;
    municipalities: readonly string[];
    settings: PlanSettings;
    credentials: string | null;
    push: { readonly url: string; readonly credentials: string } | null;
  },
): Program {
  const { name, municipalities, settings, credentials, push } = from;
  const database = kind === 'housing-benefit' && settings.databaseUrl ? { DATABASE_URL: settings.databaseUrl } : {};
  // A register that is started anew goes on in the folder that its subgraph knows.
  const hasFolder = LEGACY[kind]?.from === 'exportFolder';
  const folder = hasFolder ? { EXPORT_FOLDER: join(settings.temporaryFolder, `${name}-export`) } : {};
  return {
    name: `${name}-simulator`,
    script: 'simulators/main.js',
    args: [kind],
    env: {
      ...worldEnv(settings),
      ...database,
      ...folder,
      ...(credentials && { CREDENTIALS: credentials }),
      ...(push && { PUSH_URL: push.url, PUSH_CREDENTIALS: push.credentials }),
      SERVES: municipalities.join(','),
    },
  };
}

export const planIdentity = (settings: PlanSettings): Program => ({
  name: 'identity',
  script: 'simulators/main.js',
  args: ['identity'],
  env: { ...worldEnv(settings), PLAYGROUND_ORIGIN: `http://127.0.0.1:${settings.gatewayPort}` },
});

/** @param issuer `null`: without an identity provider every caller is anonymous. */
export const planGateway = (settings: PlanSettings, issuer: string | null): Program => ({
  name: 'gateway',
  script: 'gateway/main.js',
  args: [],
  env: {
    ...baseEnv(settings),
    LOG_LEVEL: settings.logLevel,
    ...(issuer === null ? {} : { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'fachverbund' }),
    ...auditEnv(settings),
    SUBGRAPH_SIGNING_KEY: settings.keyPair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    ADMIN_TOKEN: settings.invalidation.token,
    ...settings.gatewayEnv,
    PORT: String(settings.gatewayPort),
  },
});

const auditEnv = ({ audit: { dir, indexKey } }: PlanSettings): Env => ({ AUDIT_DIR: dir, AUDIT_INDEX_KEY: indexKey });

const invalidationEnv = ({ invalidation: { urls, token } }: PlanSettings): Env =>
  urls.length === 0 ? {} : { INVALIDATION_URLS: urls.join(','), ADMIN_TOKEN: token };

const baseEnv = ({ cooperationPath, temporaryFolder, surroundings }: PlanSettings): Env => ({
  ...Object.fromEntries(INHERITED.map((name) => [name, surroundings[name] ?? ''])),
  TMPDIR: temporaryFolder,
  COOPERATION_PATH: cooperationPath,
});

const worldEnv = (settings: PlanSettings): Env => ({
  ...baseEnv(settings),
  POPULATION_SIZE: String(settings.population.size),
  POPULATION_SEED: String(settings.population.seed),
  POPULATION_TODAY: settings.population.today,
});
