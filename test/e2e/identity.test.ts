import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { CALLER_HEADER, type Caller, decodeCaller } from '../../lib/caller.js';
import { type Answer, ask } from '../support/ask.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, citizenClaims, type Issuer, now, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(60_000);

const files = createTestFiles();
let issuer: Issuer;
let offices: Offices;
let gateway: GatewayProcess;
const env = () => ({
  SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
  COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
  OIDC_ISSUER: issuer.url,
  OIDC_AUDIENCE: AUDIENCE,
});

beforeAll(async () => {
  [issuer, offices] = await Promise.all([startIssuer(), startOffices('@authenticated')]);
  gateway = await startGateway(env());
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([issuer?.close(), offices?.close()]);
  files.remove();
});

const ME = '{ me { id } }';

/** Asks for `me` and says what the subgraph was told of the caller. */
async function callerOf(token: string, headers: Record<string, string> = {}): Promise<Caller | null> {
  offices.people.east.received.length = 0;
  const answer = await ask(gateway.url, '{ person(ags: "10045114", id: 1) { id } }', { token, headers });
  expect(answer.errors).toEqual([]);
  return decodeCaller(offices.people.east.received[0]?.headers[CALLER_HEADER] as string);
}

const refusal = ({ status, errors, headers }: Answer) => [
  status,
  errors[0]?.extensions,
  headers.get('www-authenticate'),
];

describe('nobody signed in', () => {
  it('sees public fields', async () => {
    expect((await ask(gateway.url, '{ motto }')).errors).toEqual([]);
  });

  it.each([
    ['a field', ME],
    ['one beside a public one', '{ motto me { id } }'],
    ['one that is left out', '{ motto me @skip(if: true) { id } }'],
    ['one in a fragment', 'query { motto ...f } fragment f on Query { ... on Query { me { id } } }'],
    ['one under another name', '{ motto: me { id } }'],
  ])('does not see %s that is not', async (_, query) => {
    expect(refusal(await ask(gateway.url, query))).toEqual([401, { code: 'UNAUTHENTICATED' }, 'Bearer']);
  });
});

describe('a token', () => {
  it('of a citizen opens their own fields, and the subgraph learns who asks', async () => {
    const token = await issuer.token();
    expect((await ask(gateway.url, ME, { token })).data).toEqual({ me: { id: 'me' } });
    expect(await callerOf(token)).toEqual({
      subject: 'citizen-1',
      role: 'citizen',
      office: null,
      municipalities: ['10045114'],
      trustLevel: 'hoch',
      account: null,
      purpose: null,
      fileReference: null,
      scopes: [],
    });
  });

  it('carries the account of a citizen, and nothing of it where a part is missing', async () => {
    const names = { family_name: 'Sørensen', given_name: 'Anna Maria', birthdate: '1980-02-03' };
    const address = { street: 'Marktstraße', house_number: '4a', postal_code: '66424', locality: 'Homburg' };
    expect((await callerOf(await issuer.token({ ...names, address })))?.account).toEqual({
      familyName: 'Sørensen',
      givenNames: 'Anna Maria',
      dateOfBirth: '1980-02-03',
      street: 'Marktstraße',
      houseNumber: '4a',
      postalCode: '66424',
      place: 'Homburg',
    });
    expect((await callerOf(await issuer.token({ ...names })))?.account).toBeNull();
  });

  it('may be a little behind the clock', async () => {
    expect((await ask(gateway.url, ME, { token: await issuer.token({ exp: now() - 2 }) })).status).toBe(200);
  });

  it('without a role known here is good for nothing', async () => {
    const token = await issuer.token({ role: 'king' });
    expect(refusal(await ask(gateway.url, ME, { token }))).toEqual([403, { code: 'FORBIDDEN' }, null]);
  });
});

describe('a token that does not hold', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const change = async (index: number, edit: (text: string) => string) => {
    const parts = (await issuer.token()).split('.');
    parts[index] = edit(parts[index] ?? '');
    return parts.join('.');
  };
  const forge = async (algorithm: 'ES256' | 'RS256' | 'HS256', header: object) => {
    if (algorithm === 'HS256') {
      const { publicKey } = await generateKeyPair('ES256', { extractable: true });
      const body = `${part({ alg: 'HS256', typ: 'at+jwt', kid: 'key-1' })}.${part(citizenClaims(issuer.url))}`;
      return `${body}.${createHmac('sha256', await exportSPKI(publicKey))
        .update(body)
        .digest('base64url')}`;
    }
    const { privateKey } = await generateKeyPair(algorithm);
    return new SignJWT(citizenClaims(issuer.url))
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', ...header })
      .sign(privateKey);
  };
  const cases: [string, () => Promise<string>][] = [
    ['no signature', async () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(citizenClaims(issuer.url))}.`],
    ['a signature cut short', () => change(2, (text) => text.slice(0, -8))],
    ['claims changed after signing', () => change(1, () => part({ ...citizenClaims(issuer.url), role: 'caseworker' }))],
    ['a foreign key under our key id', () => forge('ES256', { kid: 'key-1' })],
    ['a foreign key under no id', () => forge('ES256', {})],
    [
      'a key of its own in the header',
      async () => forge('ES256', { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }),
    ],
    ['an address of keys in the header', () => forge('RS256', { jku: `${issuer.url}/planted`, kid: 'other' })],
    ['a path as key id', () => forge('ES256', { kid: '../../dev/null' })],
    ['the public key as a shared secret', () => forge('HS256', {})],
    ['another issuer', () => issuer.token({ iss: 'https://other.example' })],
    ['another audience', () => issuer.token({ aud: 'other' })],
    ['no audience', () => issuer.token({ aud: undefined as never })],
    ['no expiry', () => issuer.token({ exp: undefined as never })],
    ['no subject', () => issuer.token({ sub: undefined as never })],
    ['its time over', () => issuer.token({ exp: now() - 60 })],
    ['its time still to come', () => issuer.token({ nbf: now() + 60 })],
    ['the type of another token', () => issuer.token({}, { typ: 'logout+jwt' })],
    ['no type', () => issuer.token({}, { typ: undefined as never })],
    ['the marks of an ID token', () => issuer.token({ at_hash: 'AA' }, { typ: 'JWT' })],
    ['the type of an ID token of Keycloak', () => issuer.token({ typ: 'ID' }, { typ: 'JWT' })],
    ['no form at all', async () => 'planted.token'],
  ];

  it.each(cases)('because of %s is refused without a reason', async (_, create) => {
    const answer = await ask(gateway.url, '{ motto }', { token: await create() });
    expect(refusal(answer)).toEqual([401, { code: 'UNAUTHENTICATED' }, 'Bearer']);
    expect(answer.data).toBeNull();
  });

  it('never makes the gateway ask where the token says', () => {
    expect(issuer.asked.filter((path) => path.includes('planted'))).toEqual([]);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer ü'])('as "%s" is refused', async (authorization) => {
    const headers = { authorization: Buffer.from(authorization).toString('latin1') };
    expect((await ask(gateway.url, '{ motto }', { headers })).status).toBe(401);
  });

  it('leaves no trace of itself in the log', async () => {
    const token = await issuer.token({ aud: 'other' });
    await ask(gateway.url, ME, { token });
    expect(gateway.output()).not.toContain(token.split('.')[1]);
    expect(gateway.output()).not.toContain('planted');
  });
});

describe('a caseworker', () => {
  const clerk = () =>
    issuer.token({ sub: 'clerk', role: 'caseworker', office: 'residents', ags: ['10045*', 'all', 5] });

  it('states a purpose and a file reference', async () => {
    const headers = { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'Az. 12/2026' };
    expect(await callerOf(await clerk(), headers)).toMatchObject({
      role: 'caseworker',
      office: 'residents',
      municipalities: ['10045*'],
      purpose: 'residents.inquiry',
      fileReference: 'Az. 12/2026',
    });
  });

  it.each([
    ['X-Purpose', 'curiosity'],
    ['X-File-Reference', 'no digit'],
    ['X-File-Reference', '12; drop'],
    ['X-File-Reference', '1'.repeat(121)],
  ])('is told that %s is malformed: %s', async (name, value) => {
    const answer = await ask(gateway.url, ME, { token: await clerk(), headers: { [name]: value } });
    expect([answer.status, answer.errors[0]?.extensions]).toEqual([400, { code: 'BAD_USER_INPUT', argument: name }]);
  });

  it('is not who everybody else can be by a header', async () => {
    const headers = { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'Az. 1' };
    expect(await callerOf(await issuer.token(), headers)).toMatchObject({ purpose: null, fileReference: null });
    const partner = await issuer.token({ role: 'partner', purpose: 'vehicles.registration' });
    expect(await callerOf(partner, headers)).toMatchObject({ purpose: 'vehicles.registration', fileReference: null });
  });
});

describe('a header that says who asks', () => {
  it('is never taken from a client', async () => {
    const planted = Buffer.from(
      JSON.stringify({ subject: 'planted', role: 'operator', municipalities: ['*'] }),
    ).toString('base64url');
    const headers = {
      [CALLER_HEADER]: planted,
      'x-user': 'planted',
      forwarded: 'for=planted',
      'apollo-federation-include-trace': 'ftv1',
    };
    for (const standIn of offices.all()) standIn.received.length = 0;
    await ask(gateway.url, '{ motto }', { headers });
    const received = offices.all().flatMap((standIn) => standIn.received);
    expect(received).toHaveLength(1);
    expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-request-id',
    ]);
  });
});

describe('the keys of the issuer', () => {
  it('are read again for an unknown key id, at most once in 30 seconds', async () => {
    await ask(gateway.url, ME, { token: await issuer.token() });
    const before = issuer.asked.length;
    const strangers = Array.from({ length: 20 }, async (_, index) =>
      ask(gateway.url, ME, { token: await issuer.token({}, { kid: `stranger-${index}` }) }),
    );
    expect((await Promise.all(strangers)).map(({ status }) => status)).toEqual(Array(20).fill(401));
    expect(issuer.asked.slice(before).filter((path) => path === '/keys').length).toBeLessThanOrEqual(1);
  });

  it('go on while the issuer is down', async () => {
    issuer.setUp(false);
    try {
      const token = await issuer.token({ sub: 'while-down' });
      expect((await ask(gateway.url, ME, { token })).status).toBe(200);
    } finally {
      issuer.setUp(true);
    }
  });

  it('that were never read make tokens neither right nor wrong', async () => {
    issuer.setUp(false);
    const fresh = await startGateway(env());
    try {
      const answer = await ask(fresh.url, ME, { token: await issuer.token() });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await ask(fresh.url, '{ motto }')).status).toBe(200);
    } finally {
      issuer.setUp(true);
      await fresh.stop();
    }
  });

  it('are found after the issuer has changed them', async () => {
    const fresh = await startGateway(env());
    try {
      await issuer.rotate();
      expect((await ask(fresh.url, ME, { token: await issuer.token() })).status).toBe(200);
    } finally {
      await fresh.stop();
    }
  });
});

describe('tokens of another shape', () => {
  const KEYCLOAK = `
subject: preferred_username
role: { claim: realm_access.roles, values: { sachbearbeitung: caseworker, buergerkonto: citizen } }
office: { claim: [resource_access, "urn:fachverbund", office], values: { meldeamt: residents } }
municipalities: gemeinden
trustLevel: { claim: acr, values: { "1": normal, "3": hoch } }
`;

  it('are read as IDENTITY_PATH says', async () => {
    const keycloak = await startGateway({ ...env(), IDENTITY_PATH: files.write('identity.yaml', KEYCLOAK) });
    try {
      const claims = {
        typ: 'Bearer',
        preferred_username: 'm.muster',
        role: undefined,
        realm_access: { roles: ['offline_access', 'sachbearbeitung'] },
        resource_access: { 'urn:fachverbund': { office: 'meldeamt' } },
        gemeinden: '10045117',
        acr: '3',
      };
      offices.people.east.received.length = 0;
      const token = await issuer.token(claims, { typ: 'JWT' });
      await ask(keycloak.url, '{ person(ags: "10045117", id: 1) { id } }', { token });
      expect(decodeCaller(offices.people.east.received[0]?.headers[CALLER_HEADER] as string)).toMatchObject({
        subject: 'm.muster',
        role: 'caseworker',
        office: 'residents',
        municipalities: ['10045117'],
        trustLevel: 'hoch',
      });
    } finally {
      await keycloak.stop();
    }
  });

  it('are not guessed where the file is wrong', async () => {
    const path = files.write('wrong.yaml', 'subject: sub\nrole: { claim: role, values: { a: emperor } }\nacr: 1\n');
    await expect(startGateway({ ...env(), IDENTITY_PATH: path })).rejects.toThrow(/role\.values\.a[\s\S]*acr/);
  });
});
