import { expect, it } from '@jest/globals';
import { chooseMediaType, isLegacyClient } from '../../../gateway/media-type.js';

const OLD = 'application/json';
const NEW = 'application/graphql-response+json';

it.each([
  [undefined, OLD, false],
  ['', OLD, false],
  ['*/*', OLD, false],
  ['application/*', OLD, false],
  [OLD, OLD, true],
  [`${OLD}; charset=utf-8`, OLD, true],
  ['Application/JSON', OLD, true],
  [NEW, NEW, false],
  [`${NEW}, ${OLD}`, NEW, false],
  [`${OLD}, ${NEW}`, OLD, false],
  [`${NEW};q=0.5, ${OLD}`, OLD, false],
  [`${OLD};q=0.5, */*`, NEW, false],
  [`${NEW};q=0, ${OLD}`, OLD, true],
  [`${OLD}, text/plain, */*`, OLD, false],
  ['text/html', null, false],
  [`${OLD};q=0`, null, false],
  [`${OLD};q=x`, null, false],
  ['*/*;q=0', null, false],
])('%s is answered with %s; legacy: %s', (accept, type, isLegacy) => {
  expect([chooseMediaType(accept), isLegacyClient(accept)]).toEqual([type, isLegacy]);
});
