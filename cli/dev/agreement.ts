import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Municipality } from '../../lib/cooperation/model.js';
import { drawKeyPair } from '../../lib/registry/keys.js';

/** Where a subgraph answers while it is being made. */
export interface Place {
  readonly name: string;
  readonly url: string;
}

/** Writes an agreement in which one provider runs everything for everybody, and the key that decides in it. */
export function writeAgreement(folder: string, municipalities: readonly Municipality[], places: readonly Place[]) {
  const { privatePem, publicKey } = drawKeyPair();
  const keyPath = join(folder, 'coordinator.pem');
  const cooperation = join(folder, 'cooperation.yaml');
  writeFileSync(keyPath, privatePem, { mode: 0o600 });
  writeFileSync(
    cooperation,
    stringify({
      coordinator: 'dev',
      coordinatorKey: publicKey,
      municipalities: municipalities.map((municipality) => ({ ...municipality })),
      providers: [{ id: 'dev', name: 'Development' }],
      subgraphs: Object.fromEntries(
        places.map(({ name, url }) => [name, { instances: [{ provider: 'dev', url, serves: ['*'] }] }]),
      ),
    }),
  );
  return { keyPath, cooperation };
}
