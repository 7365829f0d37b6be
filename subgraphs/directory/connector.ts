import type { Cooperation } from '../../lib/cooperation/model.js';
import type { CooperationSource } from '../../lib/cooperation/watch.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { toMunicipalities, toMunicipality } from './record.js';
import type { Municipality } from './schema.generated.js';

/** The directory has no legacy system: its source is the cooperation agreement in force. */
export interface DirectoryConnector extends Closable {
  municipalities(): Municipality[];
  /** @returns One entry per key, in their order; `null` where the cooperation has none of this key. */
  byAgs(keys: readonly string[]): (Municipality | null)[];
}

export function connectDirectory(agreement: CooperationSource): DirectoryConnector {
  return {
    municipalities: () => toMunicipalities(agreement.current()),
    byAgs: (keys) => find(agreement.current(), keys),
    close: async () => undefined, // the agreement belongs to the server
  };
}

function find(agreement: Cooperation, keys: readonly string[]): (Municipality | null)[] {
  const members = new Map(agreement.municipalities.map((member) => [member.ags, member]));
  return keys.map((ags) => {
    const member = members.get(ags);
    return member ? toMunicipality(member, agreement) : null;
  });
}
