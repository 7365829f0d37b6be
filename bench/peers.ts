import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant, Place } from './contestants.js';
import { MARKET_FEDERATION_1 } from './market.js';
import { findScenario } from './scenarios.js';

/** Another maker's gateway, installed on demand in a folder that git ignores. */
interface Peer {
  readonly name: string;
  readonly packages: readonly string[];
  /** Versions that hold for every package below. */
  readonly overrides?: Readonly<Record<string, string>>;
  contestants(folder: string): readonly Contestant[];
}

const ROOT = new URL('../../.peers/', import.meta.url).pathname;

/** @returns Every peer as contestants; one that cannot be installed says so in its row. */
export const findPeers = (): Contestant[] =>
  PEERS.flatMap((peer) => {
    const folder = join(ROOT, peer.name);
    const problem = install(peer, folder);
    return peer.contestants(folder).map((contestant) => ({ ...contestant, ...(problem !== null && { problem }) }));
  });

/** @returns Why it is not there; `null` where it is. */
function install({ packages, overrides = {} }: Peer, folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  const mark = join(folder, 'installed.json');
  if (existsSync(mark)) return null;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides }));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...packages];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) return `npm install failed: ${stderr.trim().split('\n').at(-1)}`;
  writeFileSync(mark, JSON.stringify(packages));
  return null;
}

const hive = (folder: string, name: string, flags: readonly string[], isSharing: boolean): Contestant => ({
  name,
  path: '/graphql',
  command: (place) => {
    const config = join(place.folder, 'gateway.config.mjs');
    const settings = {
      inboundInflightRequestDeduplication: isSharing,
      transportEntries: { '*.http': { options: { deduplicateInflightRequests: isSharing } } },
      landingPage: false,
    };
    writeFileSync(config, `export const gatewayConfig = ${JSON.stringify(settings)};\n`);
    const program = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js');
    const listen = ['-c', config, '-h', '127.0.0.1', '-p', String(place.port), '--fork', '1'];
    return {
      file: process.execPath,
      args: [program, 'supergraph', place.supergraphPath, ...listen, ...flags],
      env: { LOG_LEVEL: 'error' },
      cwd: folder,
    };
  },
});

const mercurius = (folder: string): Contestant => ({
  name: 'Mercurius',
  path: '/graphql',
  only: ['market-', 'entities-'],
  command: (place) => {
    const program = join(folder, 'gateway.js');
    copyFileSync(new URL('peers/mercurius-gateway.js', import.meta.url), program);
    const services = Object.entries(MARKET_FEDERATION_1).map(([name, schema]) => ({
      name,
      schema,
      url: place.subgraphUrls[name],
      mandatory: true,
    }));
    const path = join(place.folder, 'services.json');
    writeFileSync(path, JSON.stringify(services));
    return {
      file: process.execPath,
      args: [program],
      env: { PORT: String(place.port), SERVICES_PATH: path },
      cwd: folder,
    };
  },
});

const grafbase = (folder: string, name: string, isSharing: boolean): Contestant => ({
  name,
  path: '/graphql',
  command: (place) => {
    const config = join(place.folder, 'grafbase.toml');
    writeFileSync(config, toGrafbaseConfig(place, isSharing));
    const program = join(folder, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
    const args = ['--home', place.folder, 'dev', '-c', config, '-p', String(place.port)];
    return { file: program, args, env: { HOME: place.folder }, cwd: place.folder };
  },
});

/** It composes for itself, from the subgraphs' own SDL. */
function toGrafbaseConfig({ folder, scenario, subgraphUrls }: Place, isSharing: boolean): string {
  const parts = Object.entries(findScenario(scenario).supergraph.subgraphs).map(([name, sdl]) => {
    // It wants the mark on the field too, where composition reads it from the field's type.
    const marked = sdl.replaceAll(/\[FormerLink!\](?! @inacc)/g, '$& @inaccessible');
    writeFileSync(join(folder, `${name}.graphql`), marked);
    return `[subgraphs.${name}]\nschema_path = "./${name}.graphql"\nurl = "${subgraphUrls[name]}"\n`;
  });
  return `[traffic_shaping]\ninflight_deduplication = ${isSharing}\n\n${parts.join('\n')}`;
}

const PEERS: readonly Peer[] = [
  {
    name: 'hive',
    packages: ['@graphql-hive/gateway@2.15.1', '@graphql-hive/router-runtime@1.4.23', 'graphql@16'],
    contestants: (folder) => [
      hive(folder, 'Hive Gateway', [], false),
      hive(folder, 'Hive Gateway, in-flight sharing', [], true),
      hive(folder, 'Hive Gateway, Rust planner', ['--hive-router-runtime'], false),
      hive(folder, 'Hive Gateway, Rust planner, in-flight sharing', ['--hive-router-runtime'], true),
    ],
  },
  {
    name: 'mercurius',
    packages: ['mercurius@16.10.1', '@mercuriusjs/gateway@5.2.0', 'fastify@5', 'graphql@16.11.0'],
    // The printer of newer ones refuses the documents it makes.
    overrides: { graphql: '16.11.0' },
    contestants: (folder) => [mercurius(folder)],
  },
  {
    name: 'grafbase',
    packages: ['@grafbase/cli-x86_64-unknown-linux-musl@0.103.0'],
    contestants: (folder) => [
      grafbase(folder, 'Grafbase (Rust)', false),
      grafbase(folder, 'Grafbase (Rust), in-flight sharing', true),
    ],
  },
];
