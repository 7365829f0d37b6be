import { describe, expect, it } from '@jest/globals';
import { createIdentify } from '../../../../gateway/identity/identify.js';
import { DEFAULT_MAPPING } from '../../../../gateway/identity/mapping.js';

const CLAIMS = { sub: 'clerk-1', role: 'caseworker', office: 'residents', ags: ['10045114'] };
const headers = (file: string) => ({
  authorization: 'Bearer token',
  'x-purpose': 'residents.inquiry',
  'x-file-reference': file,
});

describe('identify', () => {
  it('knows a caller again by the same claims and statement alone', async () => {
    let claims = CLAIMS;
    const identify = createIdentify(async () => claims, DEFAULT_MAPPING);
    const first = await identify(headers('A 1'));
    expect(first).toMatchObject({ subject: 'clerk-1', fileReference: 'A 1' });
    expect(await identify(headers('A 1'))).toBe(first);
    expect(await identify(headers('A 2'))).toMatchObject({ fileReference: 'A 2' });
    // A token that was verified again, as after its keys have changed, is another one.
    claims = { ...CLAIMS, role: 'operator' };
    expect(await identify(headers('A 1'))).toMatchObject({ role: 'operator', fileReference: null });
  });

  it('tells an absent statement from one that says so, and refuses a malformed one each time', async () => {
    const identify = createIdentify(async () => CLAIMS, DEFAULT_MAPPING);
    const bare = { authorization: 'Bearer token' };
    expect(await identify(bare)).toMatchObject({ purpose: null, fileReference: null });
    for (const word of ['undefined', 'null', ''])
      for (let round = 0; round < 2; round++)
        await expect(identify({ ...bare, 'x-purpose': word })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('gives a caller that nobody can change', async () => {
    const caller = await createIdentify(async () => CLAIMS, DEFAULT_MAPPING)(headers('A 1'));
    if (!caller) throw new TypeError('Nobody.');
    expect(() => Object.assign(caller, { role: 'operator' })).toThrow(TypeError);
    for (const words of [caller.municipalities, caller.scopes] as string[][])
      expect(() => words.push('*')).toThrow(TypeError);
  });

  it('stays right however many statements come with one token', async () => {
    const identify = createIdentify(async () => CLAIMS, DEFAULT_MAPPING);
    for (let round = 0; round < 2; round++)
      for (let index = 0; index < 50; index++)
        expect(await identify(headers(`A ${index}`))).toMatchObject({ fileReference: `A ${index}` });
  });
});
