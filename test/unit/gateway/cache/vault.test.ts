import { describe, expect, it } from '@jest/globals';
import { createVault } from '../../../../gateway/cache/vault.js';

const [A, B] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const text = Buffer.from('{"familyName":"CANARY"}');

describe('a vault', () => {
  it('opens what another process sealed with the same secret', () => {
    const sealed = createVault([A]).seal('name', text);
    expect(createVault([A]).open('name', sealed)).toEqual(text);
    expect(sealed.toString('latin1')).not.toContain('CANARY');
  });

  it('seals the same twice without showing that it is the same', () => {
    const vault = createVault([A]);
    const [one, other] = [vault.seal('name', text), vault.seal('name', text)];
    expect(one.subarray(29).equals(other.subarray(29))).toBe(false);
    expect(vault.open('name', other)).toEqual(text);
  });

  it('opens nothing under another name, with another secret, or with one bit changed', () => {
    const vault = createVault([A]);
    const sealed = vault.seal('name', text);
    expect(vault.open('other', sealed)).toBeNull();
    expect(createVault([B]).open('name', sealed)).toBeNull();
    for (let byte = 0; byte < sealed.length; byte += 1) {
      const changed = Buffer.from(sealed);
      changed[byte] = (changed[byte] ?? 0) ^ 1;
      expect(vault.open('name', changed)).toBeNull();
    }
    for (const length of [0, 1, 28, 44, sealed.length - 1])
      expect(vault.open('name', sealed.subarray(0, length))).toBeNull();
  });

  it('reads with every secret and seals with the first', () => {
    const [before, between, after] = [createVault([A]), createVault([B, A]), createVault([B])];
    expect(between.open('name', before.seal('name', text))).toEqual(text);
    expect(after.open('name', between.seal('name', text))).toEqual(text);
    expect(before.open('name', between.seal('name', text))).toBeNull();
    expect(between.namesOf('key')).toEqual([...after.namesOf('key'), ...before.namesOf('key')]);
  });

  it('gives names that say nothing and are always the same', () => {
    const [name = ''] = createVault([A]).namesOf('Resident CANARY');
    expect(createVault([A]).namesOf('Resident CANARY')).toEqual([name]);
    expect(name).toMatch(/^[\w-]{43}$/);
    expect(createVault([B]).namesOf('Resident CANARY')).not.toEqual([name]);
  });
});
