import { type GraphQLLeafType, isEnumType } from 'graphql';

/** The JSON text of a value that a subgraph sent for a leaf; `null` where the type has no such value. */
export type WriteLeaf = (value: unknown) => string | null;

/** Built-in scalars are checked, enums must have the value in what clients see; other scalars pass as they are. */
export function compileLeaf(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return (value) => texts.get(value as string) ?? null;
  }
  return BUILT_IN.get(type.name) ?? writeAny;
}

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

const BUILT_IN: ReadonlyMap<string, WriteLeaf> = new Map<string, WriteLeaf>([
  ['Int', (value) => (Number.isInteger(value) && isInt32(value as number) ? `${value as number}` : null)],
  ['Float', (value) => (Number.isFinite(value) ? `${value as number}` : null)],
  ['Boolean', (value) => (typeof value === 'boolean' ? `${value}` : null)],
  ['String', (value) => (typeof value === 'string' ? quote(value) : null)],
  ['ID', writeId],
]);

const isInt32 = (value: number): boolean => value <= MAX_INT && value >= MIN_INT;

function writeId(value: unknown): string | null {
  if (typeof value === 'string') return quote(value);
  return Number.isSafeInteger(value) ? `"${value as number}"` : null;
}

const writeAny = (value: unknown): string => (typeof value === 'string' ? quote(value) : JSON.stringify(value));

const SHORT = 64;
/** Anything but what JSON takes as it is: control characters, quote, backslash and surrogates are escaped. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** `JSON.stringify` of a text, quicker for short ones without anything to escape, which most are. */
export function quote(text: string): string {
  if (text.length > SHORT) return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}
