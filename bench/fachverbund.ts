import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant, Place } from './contestants.js';
import { toCooperation } from './cooperation.js';
import { type Command, program } from './processes.js';
import { openRedis, openRedisCluster } from './redis.js';

type Env = Readonly<Record<string, string>>;
type Entrant = Omit<Contestant, 'path' | 'command'>;

const ENGINE = { ENGINE: 'compiled' };
const ENTITIES = { ...ENGINE, ENTITY_CACHE: 'on' };
const RESPONSES = { ...ENTITIES, RESPONSE_CACHE: 'on' };
const LOGGED = { AUDIT: 'on' };
const LOGGED_RESPONSES = { ...RESPONSES, ...LOGGED };
/** The least there can be: what is asked in turn is gone again before it is asked for once more. */
const LITTLE_MEMORY = { CACHE_MEMORY_BYTES: '1048576' };

const open = (entrant: Entrant, env: Env, flags: readonly string[] = []): Contestant => ({
  ...entrant,
  name: ['Fachverbund', entrant.name].filter(Boolean).join(', '),
  path: '/graphql',
  command: (place) => own(place, env, flags),
});

const guarded = (entrant: Entrant, envOf: (place: Place) => Env): Contestant => ({
  ...open(entrant, {}),
  isGuarded: true,
  command: (place) => behindRules(place, envOf(place)),
});

/** The gateway of this repository, its parts on or off. */
export const FACHVERBUND: readonly Contestant[] = [
  open({ name: '' }, ENGINE),
  open({ name: '64 MB semi-space' }, ENGINE, ['--max-semi-space-size=64']),
  open({ name: 'in-flight sharing' }, { ...ENGINE, INFLIGHT_DEDUPE: 'on' }),
  open({ name: 'entities kept' }, ENTITIES),
  open({ name: 'entities kept, Redis', only: ['pages-warm'], openCompanion: openRedis }, ENTITIES),
  open(
    { name: 'entities kept, Redis behind 1 MB of memory', only: ['pages-warm'], openCompanion: openRedis },
    { ...ENTITIES, ...LITTLE_MEMORY },
  ),
  open({ name: 'responses kept' }, RESPONSES),
  open({ name: 'responses kept, Redis', only: ['pages-warm', 'pages-brief'], openCompanion: openRedis }, RESPONSES),
  open(
    { name: 'responses kept, Redis behind 1 MB of memory', only: ['pages-warm'], openCompanion: openRedis },
    { ...RESPONSES, ...LITTLE_MEMORY },
  ),
  open(
    {
      name: 'responses kept, Redis Cluster behind 1 MB of memory',
      only: ['pages-warm'],
      openCompanion: openRedisCluster,
    },
    { ...RESPONSES, ...LITTLE_MEMORY },
  ),
  open({ name: 'responses kept, 3 replicas', only: ['pages-brief'], replicas: 3 }, RESPONSES),
  open(
    { name: 'responses kept, 3 replicas, Redis', only: ['pages-brief'], replicas: 3, openCompanion: openRedis },
    RESPONSES,
  ),
  guarded({ name: 'identity and rules' }, () => ({})),
  guarded({ name: 'identity, rules and log' }, () => LOGGED),
  guarded({ name: 'identity, rules and log, responses kept' }, () => LOGGED_RESPONSES),
  guarded(
    { name: 'identity, rules and log, responses kept, 3 replicas', only: ['municipal-brief'], replicas: 3 },
    () => LOGGED_RESPONSES,
  ),
  guarded(
    {
      name: 'identity, rules and log, responses kept, 3 replicas, Redis',
      only: ['municipal-brief'],
      replicas: 3,
      openCompanion: openRedis,
    },
    (place) => ({ ...LOGGED_RESPONSES, ...shareAll(place) }),
  ),
  open({ name: 'ENGINE=apollo' }, { ENGINE: 'apollo' }),
];

const own = (place: Place, env: Env, flags: readonly string[] = []): Command =>
  program(
    '../gateway/main.js',
    {
      PORT: String(place.port),
      ADMIN_PORT: '0',
      SUPERGRAPH_PATH: place.supergraphPath,
      ...(place.cooperationPath !== undefined && { COOPERATION_PATH: place.cooperationPath }),
      ACCESS_DEFAULT: 'public',
      AUDIT: 'off',
      LIMITS: 'off',
      RATE_LIMIT: 'off',
      RESPONSE_CACHE: 'off',
      ENTITY_CACHE: 'off',
      INFLIGHT_DEDUPE: 'off',
      LOG_LEVEL: 'silent',
      ...(place.memoryBytes !== undefined && { CACHE_MEMORY_BYTES: String(place.memoryBytes) }),
      ...place.env,
      ...env,
    },
    flags,
  );

/** As it is run for real people: nothing without a rule, a token and a purpose, every subgraph request signed. */
const behindRules = ({ guard, ...place }: Place, env: Env): Command => {
  if (!guard) throw new TypeError('This scenario has no rules.');
  return own(
    { ...place, supergraphPath: guard.supergraphPath },
    {
      ...ENGINE,
      ACCESS_DEFAULT: 'deny',
      POLICIES_PATH: guard.policiesPath,
      OIDC_ISSUER: guard.issuerUrl,
      OIDC_AUDIENCE: guard.audience,
      SUBGRAPH_SIGNING_KEY: guard.signingKey,
      AUDIT_DIR: `${place.folder}/audit`,
      ...env,
    },
  );
};

/** What is about people goes to Redis only where its controllers say so. */
function shareAll({ folder, subgraphUrls }: Place): Env {
  const urls = Object.fromEntries(Object.entries(subgraphUrls).map(([name, url]) => [name, [url]]));
  const path = join(folder, 'cooperation.yaml');
  writeFileSync(path, JSON.stringify(toCooperation(urls, true)));
  return { COOPERATION_PATH: path };
}
