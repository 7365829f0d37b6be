import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, runCli } from './cli.js';
import { createTestFiles, type GatewayProcess, startGateway } from './gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from './issuer.js';
import { type Offices, startOffices } from './offices.js';

/** The stand-ins of `offices.ts`, in which everything but `motto` and `tax` is personal, before a gateway whose log lies on a disk. */
export interface AuditedOffice {
  readonly offices: Offices;
  readonly issuer: Issuer;
  readonly dir: string;
  /** Starts the built gateway over the log as it is. */
  start(env?: Readonly<Record<string, string>>, nodeArgs?: readonly string[]): Promise<GatewayProcess>;
  /** The registers that whole lines of the log name, by request id. */
  logged(): ReadonlyMap<string, readonly string[]>;
  /** What `fachverbund audit verify` says with the head and the public key of the folder. */
  verify(): Promise<CliResult>;
  close(): Promise<void>;
}

/** @param dir Folder of the log; where nothing is said, one that goes with the office. */
export async function startAuditedOffice(dir?: string): Promise<AuditedOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-audited-'));
  const place = { dir: dir ?? join(folder, 'audit'), headPath: join(folder, 'elsewhere', 'head.json') };
  const files = createTestFiles();
  const [offices, issuer] = await Promise.all([startOffices('@authenticated'), startIssuer()]);
  const settings = {
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    RATE_LIMIT: 'off',
    AUDIT_DIR: place.dir,
    AUDIT_HEAD_PATH: place.headPath,
  };
  return {
    offices,
    issuer,
    dir: place.dir,
    start: (env = {}, nodeArgs = []) => startGateway({ ...settings, ...env }, nodeArgs),
    logged: () => readLog(place.dir),
    verify: () => runCli(['audit', 'verify', '--dir', place.dir, '--head', place.headPath]),
    async close() {
      await Promise.all([offices.close(), issuer.close()]);
      files.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Line {
  readonly register: string;
  readonly payload: { readonly accesses?: readonly { readonly requestId: string }[] } | null;
}

function readLog(dir: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const segments = readdirSync(dir).filter((name) => name.endsWith('.jsonl'));
  for (const line of segments.flatMap((name) => readFileSync(join(dir, name), 'latin1').split('\n'))) {
    if (line === '') continue;
    const { register, payload } = JSON.parse(line) as Line;
    for (const { requestId } of payload?.accesses ?? [])
      found.set(requestId, [...(found.get(requestId) ?? []), register]);
  }
  return found;
}
