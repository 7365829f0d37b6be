import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ERROR_CODES } from '../../../lib/errors.js';
import { ROOT } from '../../../scripts/root.js';
import { readImports, readSource } from '../../support/imports.js';
import { readDocument } from '../../support/markdown.js';

const text = readDocument('docs/lifecycle.md');

it('docs/lifecycle.md names files that are there', () => {
  const files = text.match(/gateway\/[\w/-]+\.ts/g) ?? [];
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('names every code with which a phase that is in use refuses a request', () => {
  const refused = phasesInUse().flatMap((file) => [
    ...readSource(file).matchAll(/(?:AppError|InstanceFailure|failure)\(\s*'([A-Z_]+)'|code: '([A-Z_]+)'/g),
  ]);
  const codes = new Set(refused.map(([, thrown, given]) => thrown ?? given ?? ''));
  expect(codes.size).toBeGreaterThan(10);
  expect([...codes].filter((code) => !new RegExp(`\\b${code}\\b`).test(text))).toEqual([]);
});

it('names no code that there is not', () => {
  const codes = text.match(/\b(?:[A-Z]+_)+[A-Z]+\b/g) ?? [];
  const settings = ['MAX_BODY_BYTES', 'RATE_LIMIT'];
  expect(codes.filter((code) => !Object.hasOwn(ERROR_CODES, code) && !settings.includes(code))).toEqual([]);
});

/** The files of the phases that `gateway.ts` reaches, except the engine's, which tests of its own hold. */
function phasesInUse(): string[] {
  const reached = new Set(['gateway/gateway.ts']);
  for (const file of reached)
    for (const { isOwn, target } of readImports(file, readSource(file)))
      if (isOwn && /^gateway\/(http|identity|documents|limits|authorize|fetch)\/.*\.ts$/.test(target))
        reached.add(target);
  return [...reached];
}
