import { type GraphQLCompositeType, isObjectType } from 'graphql';

/** A field that wants to be called `name` at a place of the answer. */
export interface Claim {
  /** Response names that lead there. */
  readonly path: string;
  readonly name: string;
  readonly type: GraphQLCompositeType;
  /** Field and arguments: equal ones may share a name. */
  readonly signature: string;
  /** The field's type: fields of different object types may share a name where it is equal. */
  readonly shape: string;
}

/** Which response names are taken where, so that fields that meet can be merged (GraphQL, section 5.3.2). */
export interface ResponseNames {
  /** @returns Whether the name was free or means the same there. */
  claim(claim: Claim): boolean;
  /** Takes over what a fragment says at `path`. @returns Whether it fits; where not, nothing has changed. */
  merge(other: ResponseNames, path: string): boolean;
  all(): readonly Claim[];
}

export function createResponseNames(): ResponseNames {
  const claims = new Map<string, Claim[]>();
  const place = ({ path, name }: Claim) => `${path} ${name}`;
  const fits = (claim: Claim): boolean => (claims.get(place(claim)) ?? []).every((other) => canMeet(claim, other));
  const add = (claim: Claim) => claims.set(place(claim), [...(claims.get(place(claim)) ?? []), claim]);
  return {
    claim(claim) {
      if (!fits(claim)) return false;
      add(claim);
      return true;
    },
    merge(other, path) {
      const moved = other.all().map((claim) => ({ ...claim, path: path + claim.path }));
      if (!moved.every(fits)) return false;
      moved.forEach(add);
      return true;
    },
    all: () => [...claims.values()].flat(),
  };
}

function canMeet(a: Claim, b: Claim): boolean {
  if (a.shape !== b.shape) return false;
  const areApart = isObjectType(a.type) && isObjectType(b.type) && a.type !== b.type;
  return a.signature === b.signature || areApart;
}
