import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { createDocumentStore } from '../../../gateway/document-store.js';

const documentOf = (characters: number) => parse(`{ a } # ${'x'.repeat(characters)}`);

describe('parsed documents', () => {
  it('stay, the latest used the longest, as long as there is room', async () => {
    const store = createDocumentStore();
    for (let index = 0; index < 60; index++) {
      await store.set(`${index}`, documentOf(20_000));
      expect(await store.get('0')).toBeDefined();
    }
    expect(await store.get('1')).toBeUndefined();
    expect(await store.get('59')).toBeDefined();
    await store.delete('59');
    expect(await store.get('59')).toBeUndefined();
  });

  it('that are very long do not push out others', async () => {
    const store = createDocumentStore();
    await store.set('short', documentOf(10));
    for (let index = 0; index < 20; index++) await store.set(`${index}`, documentOf(50_000));
    expect(await store.get('short')).toBeDefined();
    expect(await store.get('19')).toBeUndefined();
  });
});
