import { describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { createVerifyToken } from '../../../../gateway/identity/verify-token.js';

const START = Date.UTC(2026, 0, 1);
const seconds = START / 1000;

async function createRules() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const issuer = { asked: 0, keys: {}, findsMeanwhile: () => {} };
  const clock = { now: START };
  const verifyToken = createVerifyToken({
    issuer: 'https://i.example',
    audience: 'us',
    now: () => clock.now,
    keys: {
      inForce: () => issuer.keys,
      find: async () => {
        issuer.asked += 1;
        issuer.findsMeanwhile();
        return publicKey;
      },
    },
  });
  const token = await new SignJWT({ iss: 'https://i.example', aud: 'us', sub: 's', exp: seconds + 100 })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .sign(privateKey);
  return { verifyToken, token, clock, issuer };
}

describe('createVerifyToken', () => {
  it('verifies a token once', async () => {
    const { verifyToken, token, clock, issuer } = await createRules();
    const claims = await verifyToken(token);
    clock.now += 99_000;
    expect(await verifyToken(token)).toBe(claims);
    expect([claims, issuer.asked]).toEqual([expect.objectContaining({ sub: 's' }), 1]);
  });

  it('verifies it again as soon as other keys hold', async () => {
    const { verifyToken, token, issuer } = await createRules();
    await verifyToken(token);
    issuer.keys = {};
    await verifyToken(token);
    await verifyToken(token);
    expect(issuer.asked).toBe(2);
  });

  it('does not remember a token whose keys have changed while it was verified', async () => {
    const { verifyToken, token, issuer } = await createRules();
    issuer.findsMeanwhile = () => {
      issuer.keys = {};
    };
    await verifyToken(token);
    await verifyToken(token);
    expect(issuer.asked).toBe(2);
  });

  it('judges a refused token each time anew', async () => {
    const { verifyToken, token, issuer } = await createRules();
    const forged = `${token.slice(0, -4)}AAAA`;
    for (const asked of [1, 2]) {
      await expect(verifyToken(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(issuer.asked).toBe(asked);
    }
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
