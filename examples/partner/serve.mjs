// A subgraph without our libraries: node:http and graphql-js, or their like in any other language.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { buildASTSchema, extendSchema, graphql, parse } from 'graphql';

/**
 * Serves a subgraph on 127.0.0.1 to the gateway alone.
 *
 * @param name As in the cooperation file: tokens are made for it.
 * @param sdl The schema with its federation directives.
 * @param root Resolvers of root fields.
 * @param entities For each type with a key: keys in, one record or null for each out, in their order.
 * @param publicKey Of the gateway, Ed25519: PEM.
 * @returns Where it answers.
 */
export async function serve({ name, sdl, root, entities, publicKey, port = 0 }) {
  const schema = withFederation(sdl, Object.keys(entities));
  const isTrue = createTokenCheck(name, createPublicKey(publicKey));
  const rootValue = {
    ...root,
    _service: { sdl },
    _entities: ({ representations }) => resolveEntities(representations, entities),
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!isTrue(request.headers['x-fachverbund-token'], body)) return response.writeHead(401).end();
    const { query, variables } = JSON.parse(body.toString('utf8'));
    const result = await graphql({ schema, source: query, variableValues: variables, rootValue });
    // What went wrong inside is nobody's business outside.
    const errors = result.errors?.map(({ path }) => ({ message: 'It failed.', path }));
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ...result, ...(errors && { errors }) }));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

function withFederation(sdl, types) {
  // Of a type that another subgraph owns there is only an extension, which graphql-js alone would leave out.
  const whole = sdl.replace(/\bextend type (?!Query\b)/g, 'type ');
  const own = buildASTSchema(parse(whole), { assumeValidSDL: true });
  const added = `scalar _Any type _Service { sdl: String } union _Entity = ${types.join(' | ')}
    extend type Query { _service: _Service _entities(representations: [_Any!]!): [_Entity]! }`;
  return extendSchema(own, parse(added), { assumeValidSDL: true });
}

/** All records of a type with one question. */
async function resolveEntities(representations, entities) {
  const found = new Array(representations.length).fill(null);
  for (const type of new Set(representations.map(({ __typename }) => __typename))) {
    const places = representations.flatMap((each, place) => (each.__typename === type ? [place] : []));
    if (!entities[type]) throw new Error('There is no such entity.');
    const records = await entities[type](places.map((place) => representations[place]));
    places.forEach((place, index) => {
      found[place] = records[index] ? { __typename: type, ...records[index] } : null;
    });
  }
  return found;
}

/** The gateway's token: in the form of a JWT, for this subgraph, this body, this minute, and one request. */
function createTokenCheck(name, key) {
  const used = new Map();
  return (token = '', body) => {
    const [header = '', payload = '', proof = ''] = token.split('.');
    if (!isSigned(`${header}.${payload}`, Buffer.from(proof, 'base64url'), key)) return false;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const now = Date.now() / 1000;
    const hash = sha256(body).toString('base64url');
    if (claims.aud !== name || claims.body !== hash || claims.iat > now + 5 || claims.exp <= now) return false;
    for (const [id, until] of used) if (until <= now) used.delete(id);
    if (used.has(claims.jti)) return false;
    used.set(claims.jti, claims.exp);
    return true;
  };
}

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

/**
 * The gateway signs all tokens of a moment at once: the root of a hash tree (RFC 6962). The proof is that signature (64
 * bytes), how many tokens there are and which one this is (1 each), and its siblings on the way to the root (32 each).
 */
function isSigned(text, proof, key) {
  const [size, index] = proof.subarray(64, 66);
  if (proof.length < 66 || index >= size) return false;
  let node = sha256(Buffer.of(0), Buffer.from(text));
  let path = proof.subarray(66);
  for (let at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
    if (at % 2 === 0 && at === last) continue;
    const sibling = path.subarray(0, 32);
    node = at % 2 === 1 ? sha256(Buffer.of(1), sibling, node) : sha256(Buffer.of(1), node, sibling);
    path = path.subarray(32);
  }
  const signed = `fachverbund-internal-tokens-1\n${size}\n${node.toString('base64url')}`;
  return path.length === 0 && verify(null, Buffer.from(signed), key, proof.subarray(0, 64));
}
