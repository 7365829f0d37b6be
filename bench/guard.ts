import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIENCE, startIssuer } from '../test/support/issuer.js';
import { composeSupergraph, type TestSupergraph } from '../test/support/oracle/compose.js';

/** What a contestant needs that lets nobody read without a right. */
export interface Guard {
  /** The scenario's supergraph with its rules. */
  readonly supergraphPath: string;
  /** Grants all of it to the caller of `headers`. */
  readonly policiesPath: string;
  readonly issuerUrl: string;
  readonly audience: string;
  /** Ed25519, PKCS#8, base64. */
  readonly signingKey: string;
  /** With which a caseworker asks. */
  readonly headers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const RULE = /\s*(?<!")@(policy\(policies: \[\[.*?\]\]\)|authenticated|requiresScopes\(scopes: \[\[.*?\]\]\))/gs;

/** The same supergraph for whom everything is public: what rules cost is measured against it. */
export const withoutRules = (supergraph: TestSupergraph): TestSupergraph => ({
  ...supergraph,
  needsRights: false,
  subgraphs: Object.fromEntries(
    Object.entries(supergraph.subgraphs).map(([name, sdl]) => [name, sdl.replaceAll(RULE, '')]),
  ),
});

/** @param url Where a subgraph answers. @param folder Where files may be put. */
export async function openGuard(
  supergraph: TestSupergraph,
  { url, folder }: { readonly url: (subgraph: string) => string; readonly folder: string },
): Promise<Guard> {
  const issuer = await startIssuer();
  const [supergraphPath, policiesPath] = [join(folder, 'guarded.graphql'), join(folder, 'policies.yaml')];
  const policies = new Set(
    Object.values(supergraph.subgraphs).flatMap((sdl) => sdl.match(/(?<=@policy\(policies: \[\[")[^"]+/g) ?? []),
  );
  const grant = {
    policies: [...policies],
    role: 'caseworker',
    office: 'residents',
    purposes: ['residents.inquiry'],
    fileReference: 'needed',
    municipality: 'needed',
    law: 'none: people of the benchmark are made up',
  };
  writeFileSync(supergraphPath, composeSupergraph(supergraph, url));
  writeFileSync(policiesPath, JSON.stringify({ refused: [], grants: [grant] }));
  const day = Math.floor(Date.now() / 1000) + 86_400;
  const token = await issuer.token({
    sub: 'clerk',
    role: 'caseworker',
    office: 'residents',
    ags: ['10041*'],
    exp: day,
  });
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    supergraphPath,
    policiesPath,
    issuerUrl: issuer.url,
    audience: AUDIENCE,
    signingKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    headers: {
      authorization: `Bearer ${token}`,
      'x-purpose': 'residents.inquiry',
      'x-file-reference': 'EMA 1/2026',
    },
    close: () => issuer.close(),
  };
}
