import { createHmac } from 'node:crypto';
import { type CryptoKey, EncryptJWT, exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { citizenClaims, type Issuer, now } from './issuer.js';
import { createDraw, type Draw } from './raw-http.js';

/** A token that nobody may accept, and why. */
export interface BadToken {
  readonly why: string;
  readonly token: string;
}

interface Forge {
  readonly draw: Draw;
  readonly issuer: Issuer;
  /** The issuer's own public key, which everybody can read. */
  readonly publicKey: JWK;
  readonly stranger: { readonly privateKey: CryptoKey; readonly jwk: JWK };
}

type Way = readonly [why: string, make: (forge: Forge) => Promise<string>];

/**
 * Makes `count` tokens of all kinds in turn, the same ones for the same seed but for keys and times.
 *
 * @param issuer Tokens that are wrong in one claim alone carry its good signature.
 */
export async function makeBadTokens(count: number, seed: number, issuer: Issuer): Promise<BadToken[]> {
  const keys = (await (await fetch(`${issuer.url}/keys`)).json()) as { keys: JWK[] };
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const forge: Forge = {
    draw: createDraw(seed),
    issuer,
    publicKey: keys.keys[0] as JWK,
    stranger: { privateKey, jwk: await exportJWK(publicKey) },
  };
  const tokens: BadToken[] = [];
  for (let index = 0; index < count; index++) {
    const [why, make] = WAYS[index % WAYS.length] as Way;
    tokens.push({ why, token: await make(forge) });
  }
  return tokens;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const pick = <Item>(draw: Draw, items: readonly Item[]): Item => items[draw(items.length)] as Item;
const text = (value: object): string => JSON.stringify(value);
const GOOD_HEADER = { alg: 'ES256', typ: 'at+jwt', kid: 'key-1' };

const unsigned = (header: object, payload: object, signature = ''): string =>
  `${encode(text(header))}.${encode(text(payload))}.${signature}`;

/** Signed by somebody else. */
const signedByStranger = ({ stranger, issuer }: Forge, header: object): Promise<string> =>
  new SignJWT(citizenClaims(issuer.url)).setProtectedHeader({ ...GOOD_HEADER, ...header }).sign(stranger.privateKey);

/** A good token with one part changed. */
async function changed({ issuer, draw }: Forge, part: 0 | 1 | 2, change: (bytes: Buffer, draw: Draw) => Buffer) {
  const parts = (await issuer.token()).split('.');
  parts[part] = change(Buffer.from(parts[part] ?? '', 'base64url'), draw).toString('base64url');
  return parts.join('.');
}

function flip(bytes: Buffer, draw: Draw): Buffer {
  const flipped = Buffer.from(bytes);
  const place = draw(flipped.length);
  flipped[place] = (flipped[place] as number) ^ (1 << draw(8));
  return flipped;
}

/** The public key in the role of a shared secret, in all forms somebody may have fed to a verifier. */
async function withPublicKeyAsSecret({ publicKey, draw, issuer }: Forge): Promise<string> {
  const pem = await exportSPKI((await importJWK({ ...publicKey, ext: true }, 'ES256')) as CryptoKey);
  const secret = pick(draw, [pem, pem.trim(), text(publicKey), String(publicKey.x)]);
  const algorithm = pick(draw, ['256', '384', '512']);
  const body = unsigned({ ...GOOD_HEADER, alg: `HS${algorithm}` }, citizenClaims(issuer.url)).slice(0, -1);
  return `${body}.${createHmac(`sha${algorithm}`, secret).update(body).digest('base64url')}`;
}

/** A member twice: the good one where a reader takes the first, and the last. */
function twice({ issuer, draw }: Forge): Promise<string> {
  const claims = citizenClaims(issuer.url);
  const name = pick(draw, ['role', 'sub', 'aud', 'exp', 'iss', 'acr']);
  const member = `"${name}":${JSON.stringify(claims[name])}`;
  const payload = text(claims).replace('{', `{${member},`);
  const header = text(GOOD_HEADER);
  return draw(4) === 0
    ? issuer.signTexts(header.replace('{', '{"alg":"none",'), text(claims))
    : issuer.signTexts(header, payload);
}

const WAYS: readonly Way[] = [
  [
    'no signature',
    async ({ draw, issuer }) =>
      unsigned(
        { ...GOOD_HEADER, alg: pick(draw, ['none', 'None', 'NONE', 'nOnE', '']) },
        citizenClaims(issuer.url),
        pick(draw, ['', 'AA', 'none']),
      ),
  ],
  ['the public key as a secret', withPublicKeyAsSecret],
  ['a changed signature', (forge) => changed(forge, 2, flip)],
  ['a changed claim', (forge) => changed(forge, 1, flip)],
  ['a changed header', (forge) => changed(forge, 0, flip)],
  ['a signature cut short', (forge) => changed(forge, 2, (bytes, draw) => bytes.subarray(0, draw(64)))],
  ['a signature with more behind it', (forge) => changed(forge, 2, (bytes) => Buffer.concat([bytes, bytes]))],
  ['a signature of zeros', (forge) => changed(forge, 2, () => Buffer.alloc(64))],
  [
    'another spelling of the signature',
    async ({ issuer, draw }) => {
      const token = await issuer.token();
      // The last letter of 64 bytes holds four bits that say nothing.
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const last = letters.indexOf(token.at(-1) ?? '');
      return `${token.slice(0, -1)}${letters[(last & 0b110000) + (((last & 0b1111) + 1 + draw(15)) & 0b1111)]}`;
    },
  ],
  [
    'more rights',
    (forge) => changed(forge, 1, (bytes) => Buffer.from(bytes.toString().replace('"citizen"', '"operator"'))),
  ],
  ['a key of its own', (forge) => signedByStranger(forge, { kid: undefined, jwk: forge.stranger.jwk })],
  ['a key of its own under our id', (forge) => signedByStranger(forge, { jwk: forge.stranger.jwk })],
  [
    'an address of keys',
    (forge) =>
      signedByStranger(forge, {
        kid: `x${forge.draw(9)}`,
        [pick(forge.draw, ['jku', 'x5u'])]: `${forge.issuer.url}/planted`,
      }),
  ],
  ['a certificate of its own', (forge) => signedByStranger(forge, { x5c: ['AAAA'] })],
  ['a foreign key under our id', (forge) => signedByStranger(forge, {})],
  ['an unknown key', (forge) => signedByStranger(forge, { kid: `stranger-${forge.draw(1_000_000)}` })],
  [
    'a path as key id',
    (forge) =>
      signedByStranger(forge, {
        kid: pick(forge.draw, ['../../dev/null', "' OR '1'='1", '/etc/passwd', '__proto__', '', 'key-1\0']),
      }),
  ],
  [
    'a critical word',
    ({ issuer }) => issuer.signTexts(text({ ...GOOD_HEADER, crit: ['exp'], exp: 1 }), text(citizenClaims(issuer.url))),
  ],
  [
    'another issuer',
    ({ issuer, draw }) =>
      issuer.token({ iss: pick(draw, [`${issuer.url}/`, issuer.url.toUpperCase(), 'https://other.example', '']) }),
  ],
  [
    'another audience',
    ({ issuer, draw }) =>
      issuer.token({ aud: pick<string | string[]>(draw, ['other', ['other', 'offices2'], '', [], 'OFFICES']) }),
  ],
  ['no audience', ({ issuer }) => issuer.token({ aud: undefined as never })],
  ['no expiry', ({ issuer }) => issuer.token({ exp: undefined as never })],
  [
    'an expiry that is no time',
    ({ issuer, draw }) =>
      issuer.signTexts(
        text(GOOD_HEADER),
        text({ ...citizenClaims(issuer.url), exp: pick<unknown>(draw, ['2099', null, true, {}, []]) }),
      ),
  ],
  ['no subject', ({ issuer }) => issuer.token({ sub: undefined as never })],
  ['its time over', ({ issuer, draw }) => issuer.token({ exp: now() - 10 - draw(1_000_000) })],
  ['its time to come', ({ issuer, draw }) => issuer.token({ nbf: now() + 60 + draw(1_000_000) })],
  [
    'another type',
    ({ issuer, draw }) => issuer.token({}, { typ: pick(draw, ['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'jwe', 'x']) }),
  ],
  ['no type', ({ issuer }) => issuer.token({}, { typ: undefined as never })],
  [
    'the marks of an ID token',
    ({ issuer, draw }) => issuer.token({ [pick(draw, ['at_hash', 'c_hash', 'nonce'])]: 'AA' }, { typ: 'JWT' }),
  ],
  [
    'the type of an ID token',
    ({ issuer, draw }) => issuer.token({ typ: pick(draw, ['ID', 'Refresh', 'Offline', 'Logout']) }, { typ: 'JWT' }),
  ],
  [
    'the marks of a logout token',
    ({ issuer }) =>
      issuer.token({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, { typ: 'JWT' }),
  ],
  ['a member twice', twice],
  [
    'claims that are no object',
    ({ issuer, draw }) => issuer.signTexts(text(GOOD_HEADER), pick(draw, ['[]', 'null', '"x"', '{', ''])),
  ],
  [
    'encryption instead of a signature',
    ({ issuer }) =>
      new EncryptJWT(citizenClaims(issuer.url))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'at+jwt' })
        .encrypt(new Uint8Array(32)),
  ],
  ['one part too many', async ({ issuer }) => `${await issuer.token()}.AA`],
  [
    'parts missing',
    async ({ issuer, draw }) =>
      (await issuer.token())
        .split('.')
        .slice(0, 1 + draw(2))
        .join('.'),
  ],
  [
    'nothing of a token',
    async ({ draw }) => Array.from({ length: 1 + draw(200) }, () => pick(draw, [...'abcXYZ019-_.~+/'])).join(''),
  ],
];
