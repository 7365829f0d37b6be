import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  chain,
  digestOf,
  FIRST_PREVIOUS,
  formatLine,
  isIntact,
  linkOf,
  readLine,
  toAsciiJson,
} from '../../../../lib/audit/line.js';

const payload = toAsciiJson({ name: 'Müller', text: ',"payload":null,"signature":"x"}' });
const draft = {
  kind: 'access',
  register: 'residents',
  deleteFrom: '2028-01-01',
  digest: digestOf(payload),
  payload,
} as const;
const first = chain(draft, { sequence: 1, previous: FIRST_PREVIOUS }, null);
const second = chain(draft, { sequence: 2, previous: linkOf(first) }, () => 'A'.repeat(86));

describe('a line', () => {
  it('is read as it was written, signed or not', () => {
    for (const line of [first, second]) expect(readLine(formatLine(line))).toEqual(line);
  });

  it('is ASCII, whatever it holds', () => {
    expect(formatLine(first)).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(formatLine(first))).toMatchObject({ payload: { name: 'Müller' } });
  });

  it('hashes the bytes up to its digest, as the document says', () => {
    const text = formatLine(second);
    const header = text.slice(0, text.indexOf(',"hash":"'));
    expect(second.hash).toBe(createHash('sha256').update(header).digest('hex'));
    expect(linkOf(first)).toBe(first.hash);
    expect(linkOf(second)).toBe(createHash('sha256').update(`${second.hash}${second.signature}`).digest('hex'));
  });

  it('keeps hash and link when its payload is deleted', () => {
    const deleted = readLine(formatLine({ ...second, payload: null }));
    expect(deleted).toMatchObject({ payload: null, hash: second.hash, signature: second.signature });
    expect(deleted && linkOf(deleted)).toBe(linkOf(second));
    expect(deleted && isIntact(deleted)).toBe(true);
  });

  it('is intact only with its own hash and payload', () => {
    expect([isIntact(first), isIntact(second)]).toEqual([true, true]);
    expect(isIntact({ ...first, payload: `${first.payload} ` })).toBe(false);
    expect(isIntact({ ...first, register: 'vehicles' })).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['no line', '{}'],
    ['a space more', formatLine(first).replace('{"sequence":1,', '{"sequence": 1,')],
    ['another order', formatLine(first).replace('"sequence":1,', '').replace('{', '{"sequence":1,"x":1,')],
    ['a number written otherwise', formatLine(first).replace('"sequence":1,', '"sequence":1.0,')],
    ['sequence 0', formatLine(first).replace('"sequence":1,', '"sequence":0,')],
    ['a signature where none is due', formatLine(second).replace('"signed":true', '"signed":false').replace('}}', '}')],
    ['a line cut short', formatLine(second).slice(0, -1)],
    ['something behind it', `${formatLine(first)} `],
    ['a hash of other letters', formatLine(first).replace(first.hash, first.hash.toUpperCase().replace(/\d/g, 'A'))],
  ])('is not %s', (_, text) => {
    const line = readLine(text);
    expect(line === null || !isIntact(line) || formatLine(line) !== formatLine(first)).toBe(true);
    if (line !== null) expect(isIntact(line)).toBe(false);
  });
});
