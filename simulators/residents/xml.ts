import { SaxesParser } from 'saxes';

/** Namespaces by the prefix under which this register writes and looks for them. */
export const NAMESPACES = {
  xmeld: 'http://www.osci.de/xmeld2511a',
  /** No part of XMeld: the messages that only this simulated register has. */
  sim: 'urn:fachverbund:simulation:residents:1',
  soapenv: 'http://schemas.xmlsoap.org/soap/envelope/',
  tns: 'urn:akdb:ok.komm:xmeld-service',
} as const;

/** An element that was read; `name` carries the prefix of `NAMESPACES`, none for elements without a namespace. */
export interface Node {
  readonly name: string;
  readonly children: readonly Node[];
  readonly text: string;
}

interface OpenNode extends Node {
  readonly children: OpenNode[];
  text: string;
}

const PREFIXES = new Map<string, string>(Object.entries(NAMESPACES).map(([prefix, uri]) => [uri, `${prefix}:`]));

/** @throws Error for a document that is not well-formed or has a document type declaration. */
export function parse(text: string): Node {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const top: OpenNode = { name: '', children: [], text: '' };
  const open: OpenNode[] = [top];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('document type declaration');
  });
  parser.on('opentag', ({ local, uri }) => {
    const prefix = uri === '' ? '' : (PREFIXES.get(uri) ?? `{${uri}}`);
    const node: OpenNode = { name: `${prefix}${local}`, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  const add = (part: string) => {
    const node = open.at(-1);
    if (node) node.text += part;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return top.children[0] as Node;
}

export const all = (node: Node | undefined, name: string): readonly Node[] =>
  node?.children.filter((child) => child.name === name) ?? [];

/** The element at the end of a path of names joined by `/`, each time the first of its name. */
export const at = (node: Node | undefined, path: string): Node | undefined =>
  path.split('/').reduce<Node | undefined>((found, name) => all(found, name)[0], node);

export const textAt = (node: Node | undefined, path: string): string => at(node, path)?.text.trim() ?? '';

/** Writes an element; an empty list of parts writes nothing, so that optional groups need no condition. */
export const group = (name: string, parts: readonly string[]): string => {
  const inner = parts.join('');
  return inner === '' ? '' : `<${name}>${inner}</${name}>`;
};

/** Writes an element with text; nothing where there is none. */
export const leaf = (name: string, text: string | null): string =>
  text === null ? '' : `<${name}>${toXmlText(text)}</${name}>`;

/** A value of a code list. */
export const code = (name: string, value: string, listUri?: string): string =>
  `<${name}${listUri ? ` listURI="${listUri}"` : ''}><code>${toXmlText(value)}</code></${name}>`;

const toXmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
