import { describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { createVerifyToken } from '../../../../gateway/identity/verify-token.js';

const START = Date.UTC(2026, 0, 1);
const seconds = START / 1000;

async function createRules() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  let asked = 0;
  const clock = { now: START };
  const verifyToken = createVerifyToken({
    issuer: 'https://i.example',
    audience: 'us',
    now: () => clock.now,
    keys: {
      find: async () => {
        asked += 1;
        return publicKey;
      },
    },
  });
  const token = await new SignJWT({ iss: 'https://i.example', aud: 'us', sub: 's', exp: seconds + 100 })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .sign(privateKey);
  return { verifyToken, token, clock, asked: () => asked };
}

describe('createVerifyToken', () => {
  it('verifies a token once a minute, not more often', async () => {
    const { verifyToken, token, clock, asked } = await createRules();
    await verifyToken(token);
    clock.now += 59_000;
    expect(await verifyToken(token)).toMatchObject({ sub: 's' });
    expect(asked()).toBe(1);
    clock.now += 2_000;
    await verifyToken(token);
    expect(asked()).toBe(2);
  });

  it('does not remember a token beyond its end', async () => {
    const { verifyToken, token, clock } = await createRules();
    clock.now += 90_000;
    await verifyToken(token);
    clock.now += 16_000;
    await expect(verifyToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('does not take another token for one it remembers', async () => {
    const { verifyToken, token } = await createRules();
    await verifyToken(token);
    await expect(verifyToken(`${token}x`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
