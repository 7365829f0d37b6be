import { expect, it } from '@jest/globals';
import { screenDocument } from '../../../../gateway/limits/screen.js';

const upTo = (tokens: number) => ({ tokens, aliases: 2, directives: 2 });
const nest = (open: string, close: string, count: number) => `${open.repeat(count)}${close.repeat(count)}`;

it.each([
  ['a page', '{ a(b: [1, { c: 2 }]) { d } }'],
  ['many fields side by side', `{ ${'a { b } '.repeat(5000)} }`],
  [
    'brackets in strings and comments',
    `{ a(b: "${'{'.repeat(300)}", c: """${'['.repeat(300)}""") } # ${'('.repeat(300)}`,
  ],
  ['what is no GraphQL', `${'{'.repeat(100)} ' ${'{'.repeat(300)}`],
  ['200 levels', nest('{a', '}', 200)],
])('lets %s pass', (_, text) => {
  expect(() => screenDocument(text, upTo(Number.POSITIVE_INFINITY))).not.toThrow();
});

it.each([
  ['fields', nest('{a', '}', 201)],
  ['lists', `{ a(b: ${nest('[', ']', 200)}) }`],
  ['types', `query($a: ${nest('[', 'Int]', 201)}) { a }`],
  ['fields without an end', '{a'.repeat(100_000)],
])('refuses %s nested more deeply than any page', (_, text) => {
  expect(() => screenDocument(text, upTo(Number.POSITIVE_INFINITY))).toThrow(
    expect.objectContaining({ code: 'LIMIT_DEPTH' }),
  );
});

it('refuses a document of too many tokens, with the limit', () => {
  const refusal = expect.objectContaining({ extensions: { code: 'LIMIT_TOKENS', limit: 20, value: 21 } });
  expect(() => screenDocument(`{ ${'a '.repeat(18)}}`, upTo(20))).not.toThrow();
  expect(() => screenDocument(`{ ${'a '.repeat(19)}}`, upTo(20))).toThrow(refusal);
});

it('refuses a name that would come back for each record', () => {
  const refusal = expect.objectContaining({ extensions: { code: 'LIMIT_TOKENS', limit: 200, value: 201 } });
  const text = (length: number) => `{ ${'a'.repeat(length)} } # ${' '.repeat(3000)}`;
  expect(() => screenDocument(text(200), upTo(2000))).not.toThrow();
  expect(() => screenDocument(text(201), upTo(2000))).toThrow(refusal);
});

it.each([
  ['directives', '{ a @b @b @b c c c c c c c }', 'LIMIT_DIRECTIVES'],
  ['aliases', '{ a: b c: b d: b e e e e e e e }', 'LIMIT_ALIASES'],
  ['both', '{ a: b @b c: b @b d: b @b e e e }', 'LIMIT_DIRECTIVES'],
  ['arguments, which are no aliases', '{ a(b: {c: 1, d: 2, e: 3}) e e e e e }', 'LIMIT_TOKENS'],
])('says of a document with too many tokens what there is too much of: %s', (_, text, code) => {
  expect(() => screenDocument(text, upTo(15))).toThrow(expect.objectContaining({ code }));
});
