import { setImmediate as turn } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { AppError } from '../errors.js';

/** An element of a document that was read. Elements and text count, attributes only those asked for; nothing else. */
export interface XmlElement {
  /** Name without its prefix. */
  readonly name: string;
  /** Namespace URI, empty where there is none. */
  readonly namespace: string;
  /** Those of the names that `readXml` was told to keep. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, also of CDATA sections. */
  readonly text: string;
}

/** Finished XML text. Only `element` makes it, so that everything given as a string stays text. */
export interface Markup {
  readonly xml: string;
}

export type Content = string | Markup | null | readonly Content[];

/** XMeld nests about 15 deep, and 500 whole persons are about 50,000 elements. */
const MAX_DEPTH = 40;
const MAX_ELEMENTS = 150_000;
const SLICE_CHARACTERS = 64 * 1024;

/**
 * Reads a whole document. In slices, so that a long one does not hold up other requests.
 *
 * @param keep Local names of the attributes that matter; all others are dropped.
 * @returns The root element.
 * @throws AppError `LEGACY_MALFORMED` for what is not well-formed, has a document type declaration (and with it entity
 *   declarations), another encoding than UTF-8, or more depth or elements than any honest answer.
 */
export async function readXml(text: string, keep: readonly string[] = []): Promise<XmlElement> {
  const reader = createReader(keep);
  for (let from = 0; from < text.length; from += SLICE_CHARACTERS) {
    if (from > 0) await turn();
    reader.write(text.slice(from, from + SLICE_CHARACTERS));
  }
  return reader.close();
}

/** @param cause Logged, never sent to the caller. */
export const malformed = (cause: string): AppError =>
  new AppError('LEGACY_MALFORMED', undefined, { cause: new Error(cause) });

export const childrenOf = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** @param path Names of elements one below the other, joined by `/`; the first of equal siblings is followed. */
export function find(parent: XmlElement, path: string): XmlElement | null {
  let found: XmlElement | undefined = parent;
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name);
  return found ?? null;
}

/** @returns The text at `path` without surrounding space, or `null` where there is no such element or no text in it. */
export const findText = (parent: XmlElement, path: string): string | null => find(parent, path)?.text.trim() || null;

/** @throws AppError `LEGACY_MALFORMED` where `findText` finds nothing. */
export function needText(parent: XmlElement, path: string): string {
  const text = findText(parent, path);
  if (text === null) throw malformed(`<${parent.name}> has no ${path}`);
  return text;
}

/** @param name Qualified name as it is written; its prefix is declared by `attributes` here or further up. */
export function element(name: string, content: Content, attributes: Readonly<Record<string, string>> = {}): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  return { xml: `<${name}${written.join('')}>${write(content)}</${name}>` };
}

/** The finished document, with its declaration. */
export const toDocument = (root: Markup): string => `<?xml version="1.0" encoding="UTF-8"?>${root.xml}`;

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

function createReader(keep: readonly string[]): { write(slice: string): void; close(): XmlElement } {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const top: OpenElement = { name: '', namespace: '', attributes: NO_ATTRIBUTES, children: [], text: '' };
  const open = [top];
  let elements = 0;
  const fail = (cause: string): never => {
    throw malformed(cause);
  };
  const append = (text: string) => {
    const inner = open.at(-1);
    if (inner) inner.text += text;
  };
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('document type declaration'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') fail('another encoding than UTF-8');
  });
  parser.on('opentag', (tag) => {
    elements++;
    if (open.length > MAX_DEPTH || elements > MAX_ELEMENTS) fail('too deep or too many elements');
    const attributes = keep.length === 0 ? NO_ATTRIBUTES : pickAttributes(Object.values(tag.attributes), keep);
    const inner: OpenElement = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
    open.at(-1)?.children.push(inner);
    open.push(inner);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', append);
  parser.on('cdata', append);
  return {
    write: (slice) => void parser.write(slice),
    close() {
      parser.close();
      return top.children[0] ?? fail('no root element');
    },
  };
}

const NO_ATTRIBUTES: XmlElement['attributes'] = Object.freeze({});

function pickAttributes(
  written: readonly { readonly local: string; readonly value: string }[],
  keep: readonly string[],
): XmlElement['attributes'] {
  const kept = written.filter(({ local }) => keep.includes(local)).map(({ local, value }) => [local, value] as const);
  return kept.length === 0 ? NO_ATTRIBUTES : Object.fromEntries(kept);
}

function write(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escapeText(content);
  if ('xml' in content) return content.xml;
  return content.map(write).join('');
}

/** What XML 1.0 cannot carry at all becomes U+FFFD: it must not end the document, nor vanish and so join two words. */
const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\r]/g, (character) => ESCAPED[character] ?? '');

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
