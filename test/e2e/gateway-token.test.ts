import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER } from '../../lib/caller.js';
import { createVerifier, INTERNAL_TOKEN_HEADER } from '../../lib/internal-token.js';
import { ask } from '../support/ask.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';
import type { Received } from '../support/stand-in.js';

const PERSON = '{ person(ags: "10045114", id: "1") { name } }';
const key = createGatewayKey();

describe('the gateway’s word to a subgraph', () => {
  const files = createTestFiles();
  let offices: Offices;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    offices = await startOffices();
    gateway = await startGateway({
      SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
      COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
      ACCESS_DEFAULT: 'public',
      AUDIT: 'off',
      SUBGRAPH_SIGNING_KEY: String(key.keyPair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    });
  }, 60_000);
  beforeEach(() => {
    for (const standIn of offices.all()) {
      standIn.fail(null);
      standIn.received.length = 0;
    }
  });
  afterAll(async () => {
    await gateway?.stop();
    await offices?.close();
    files.remove();
  });

  /** Judges as the subgraph of this name would; one that has used no token yet. */
  const proofOf = (audience: string, { headers, body }: Received) => {
    const proof = createVerifier([key.keyPair.publicKey], audience)(String(headers[INTERNAL_TOKEN_HEADER]));
    return typeof proof === 'string' ? proof : [proof.caller, proof.isOf(Buffer.from(body))];
  };
  const east = () => offices.people.east.received;

  it('proves each request, also one of nobody, to this subgraph and for this body, and says nothing beside', async () => {
    const { errors } = await ask(gateway.url, '{ dog(ags: "10045114", tag: "1") { tag keeper { name } } }', {
      headers: { [CALLER_HEADER]: 'planted', [INTERNAL_TOKEN_HEADER]: 'planted' },
    });
    expect(errors).toEqual([]);
    const [dog] = offices.dogs.east.received as [Received];
    const [keeper] = east() as [Received];
    expect([proofOf('dogs', dog), proofOf('people', keeper)]).toEqual([
      [null, true],
      [null, true],
    ]);
    expect([proofOf('people', dog), proofOf('dogs', keeper)]).toEqual(['foreign', 'foreign']);
    for (const { headers } of [dog, keeper]) {
      expect(headers).not.toHaveProperty(CALLER_HEADER);
      expect(headers).not.toHaveProperty('authorization');
    }
  });

  it('is signed once for all requests of a moment, and each token is still of one request', async () => {
    const { errors } = await ask(
      gateway.url,
      '{ one: person(ags: "10045114", id: "1") { name } dog(ags: "10045114", tag: "1") { tag } }',
    );
    expect(errors).toEqual([]);
    const [[dog], [person]] = [offices.dogs.east.received, east()] as [[Received], [Received]];
    const signatures = [dog, person].map(({ headers }) => {
      const proof = String(headers[INTERNAL_TOKEN_HEADER]).split('.')[2] ?? '';
      return Buffer.from(proof, 'base64url').subarray(0, 64).toString('hex');
    });
    expect(new Set(signatures).size).toBe(1);
    expect([proofOf('dogs', dog), proofOf('people', person), proofOf('people', dog)]).toEqual([
      [null, true],
      [null, true],
      'foreign',
    ]);
  });

  it('is a new one for each attempt', async () => {
    offices.people.east.fail({ kind: 'status', status: 503 });
    await ask(gateway.url, PERSON);
    expect(east().length).toBeGreaterThan(1);
    expect(east().map((received) => proofOf('people', received))).toEqual(east().map(() => [null, true]));
    expect(new Set(east().map(({ headers }) => headers[INTERNAL_TOKEN_HEADER])).size).toBe(east().length);
  });

  it('does not keep equal questions from travelling once', async () => {
    offices.people.west.fail({ kind: 'slow', delayMs: 300 });
    const question = '{ person(ags: "10041100", id: "1") { name } }';
    await ask(gateway.url, question);
    offices.people.west.received.length = 0;
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(gateway.url, question)));
    expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ person: { name: 'west 10041100 1' } })));
    expect(offices.people.west.received).toHaveLength(1);
  });
});
