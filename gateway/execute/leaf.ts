import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Output } from './output.js';

/** Writes a value that a subgraph sent for a leaf. @returns False, and writes nothing, where the type has no such value. */
export type WriteLeaf = (value: unknown, out: Output) => boolean;

/** Built-in scalars are checked, enums must have the value in what clients see; other scalars pass as they are. */
export function compileLeaf(type: GraphQLLeafType): WriteLeaf {
  if (!isEnumType(type)) return BUILT_IN.get(type.name) ?? writeAny;
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
  return (value, out) => {
    const text = texts.get(value);
    return text !== undefined && writeAscii(text, out);
  };
}

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

const BUILT_IN: ReadonlyMap<string, WriteLeaf> = new Map<string, WriteLeaf>([
  ['Int', (value, out) => isInt32(value) && writeAscii(`${value}`, out)],
  ['Float', (value, out) => Number.isFinite(value) && writeAscii(`${value as number}`, out)],
  ['Boolean', (value, out) => typeof value === 'boolean' && writeAscii(`${value}`, out)],
  ['String', (value, out) => typeof value === 'string' && writeText(value, out)],
  ['ID', writeId],
]);

const isInt32 = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) <= MAX_INT && (value as number) >= MIN_INT;

function writeId(value: unknown, out: Output): boolean {
  if (typeof value === 'string') return writeText(value, out);
  return Number.isSafeInteger(value) && writeAscii(`"${value as number}"`, out);
}

function writeAny(value: unknown, out: Output): boolean {
  if (typeof value === 'string') return writeText(value, out);
  try {
    out.json(JSON.stringify(value));
    return true;
  } catch {
    return false; // nested deeper than the stack
  }
}

function writeText(value: string, out: Output): boolean {
  out.quoted(value);
  return true;
}

function writeAscii(text: string, out: Output): boolean {
  out.ascii(text);
  return true;
}
