import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { hasFormat } from '../formats.js';
import { type Cooperation, type Instance, isServedBy, type Municipality, type Provider } from './model.js';

/** One thing wrong with a cooperation file; `line` counts from 1. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A cooperation file that must not be used, with every problem it has, in the order of its lines. */
export class CooperationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `The cooperation file cannot be used:\n${problems.map(({ line, message }) => `  line ${line}: ${message}`).join('\n')}`,
    );
    this.name = 'CooperationError';
    this.problems = problems;
  }
}

export const readCooperationFile = (path: string): Cooperation => readCooperation(readFileSync(path, 'utf8'));

/**
 * Reads a cooperation agreement from YAML text.
 *
 * @throws CooperationError with every problem and its line: unknown or malformed keys, wrong types, duplicate keys,
 *   unknown municipalities or providers, bad URLs, a municipality served twice or by nobody.
 */
export function readCooperation(text: string): Cooperation {
  const reader = new Reader(text);
  const root = reader.root();
  const fields = reader.fields(root, 'the file', ['municipalities', 'providers', 'subgraphs'], ['coordinator']);
  const municipalities = reader.list(fields.municipalities, 'municipalities', (node) => readMunicipality(reader, node));
  const providers = reader.list(fields.providers, 'providers', (node) => readProvider(reader, node));
  reader.unique(
    fields.municipalities,
    'municipality',
    municipalities.map(({ ags }) => ags),
  );
  reader.unique(
    fields.providers,
    'provider',
    providers.map(({ id }) => id),
  );
  const subgraphs = readSubgraphs(reader, fields.subgraphs, municipalities, providers);
  const coordinator = readCoordinator(reader, fields.coordinator, municipalities, providers);
  reader.finish();
  return { coordinator, municipalities, providers, subgraphs };
}

function readMunicipality(reader: Reader, node: Node): Municipality {
  const fields = reader.fields(node, 'a municipality', ['ags', 'name', 'district']);
  const ags = reader.text(fields.ags, 'ags', (text) => hasFormat('ags', text) || 'must have 8 digits, in quotes');
  const name = reader.text(fields.name, 'name');
  const district = reader.text(
    fields.district,
    'district',
    (text) => /^[0-9]{5}$/.test(text) || 'must have 5 digits, in quotes',
  );
  if (ags.length === 8 && district.length === 5 && !ags.startsWith(district))
    reader.problem(fields.district, `district ${district} does not contain municipality ${ags}`);
  return { ags, name, district };
}

function readProvider(reader: Reader, node: Node): Provider {
  const fields = reader.fields(node, 'a provider', ['id', 'name']);
  const id = reader.text(
    fields.id,
    'id',
    (text) => /^[a-z][a-z0-9-]{0,39}$/.test(text) || 'must be lower-case letters, digits and -',
  );
  return { id, name: reader.text(fields.name, 'name') };
}

function readSubgraphs(
  reader: Reader,
  node: Node | undefined,
  municipalities: readonly Municipality[],
  providers: readonly Provider[],
): ReadonlyMap<string, readonly Instance[]> {
  const subgraphs = new Map<string, readonly Instance[]>();
  for (const [name, value] of reader.entries(node, 'subgraphs')) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
      reader.problem(value, `subgraph name ${name} must be lower-case letters, digits and -`);
    const { instances } = reader.fields(value, `subgraph ${name}`, ['instances']);
    const read = reader.list(instances, `instances of ${name}`, (item) =>
      readInstance(reader, item, municipalities, providers),
    );
    if (read.length > 0) checkService(reader, { name, node: instances, instances: read, municipalities });
    subgraphs.set(name, read);
  }
  return subgraphs;
}

function readInstance(
  reader: Reader,
  node: Node,
  municipalities: readonly Municipality[],
  providers: readonly Provider[],
): Instance {
  const fields = reader.fields(node, 'an instance', ['provider', 'url', 'serves']);
  const provider = reader.text(
    fields.provider,
    'provider',
    (id) => providers.some((known) => known.id === id) || `unknown provider ${id}`,
  );
  const url = reader.text(
    fields.url,
    'url',
    (text) => isHttpUrl(text) || 'must be an http or https URL without user, query or fragment',
  );
  const serves = reader.list(fields.serves, 'serves', (item) =>
    reader.text(item, 'serves', (pattern) => isPattern(pattern, municipalities) || `unknown municipality ${pattern}`),
  );
  return { provider, url, serves };
}

const isPattern = (pattern: string, municipalities: readonly Municipality[]): boolean =>
  /^([0-9]{8}|[0-9]{0,7}\*)$/.test(pattern) &&
  municipalities.some(({ ags }) => isServedBy({ provider: '', url: '', serves: [pattern] }, ags));

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  );
}

/** Each municipality has exactly one instance of each subgraph: one processor of its data. */
function checkService(
  reader: Reader,
  given: {
    name: string;
    node: Node | undefined;
    instances: readonly Instance[];
    municipalities: readonly Municipality[];
  },
): void {
  for (const { ags, name } of given.municipalities) {
    const serving = given.instances.filter((instance) => isServedBy(instance, ags)).length;
    if (serving === 0) reader.problem(given.node, `${given.name}: nobody serves ${ags} ${name}`);
    if (serving > 1) reader.problem(given.node, `${given.name}: ${serving} instances serve ${ags} ${name}`);
  }
}

function readCoordinator(
  reader: Reader,
  node: Node | undefined,
  municipalities: readonly Municipality[],
  providers: readonly Provider[],
): string | null {
  if (node === undefined) return null;
  const known = [...municipalities.map(({ ags }) => ags), ...providers.map(({ id }) => id)];
  return reader.text(
    node,
    'coordinator',
    (id) => known.includes(id) || `coordinator ${id} is neither a provider nor a municipality`,
  );
}

/** Reads typed values from YAML nodes and collects what is wrong instead of stopping at the first. */
class Reader {
  private readonly lines = new LineCounter();
  private readonly problems: Problem[] = [];
  private readonly document;

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
    for (const error of this.document.errors)
      this.problems.push({
        line: error.linePos?.[0].line ?? 1,
        message: error.message.split('\n')[0]?.replace(/ at line.*$/, '') ?? '',
      });
  }

  root(): Node | undefined {
    return this.document.contents ?? undefined;
  }

  finish(): void {
    if (this.problems.length > 0) throw new CooperationError([...this.problems].sort((a, b) => a.line - b.line));
  }

  problem(node: Node | undefined, message: string): void {
    this.problems.push({ line: node?.range ? this.lines.linePos(node.range[0]).line : 1, message });
  }

  fields<Name extends string, Optional extends string = never>(
    node: Node | undefined,
    what: string,
    required: readonly Name[],
    optional: readonly Optional[] = [],
  ): Record<Name, Node | undefined> & Record<Optional, Node | undefined> {
    const found = Object.fromEntries(this.entries(node, what)) as Record<Name | Optional, Node | undefined>;
    const names: readonly string[] = [...required, ...optional];
    for (const name of Object.keys(found))
      if (!names.includes(name)) this.problem(found[name as Name] ?? node, `${what} has no field ${name}`);
    for (const name of required)
      if (found[name] === undefined && isMap(node)) this.problem(node, `${what} needs ${name}`);
    return found;
  }

  entries(node: Node | undefined, what: string): [string, Node][] {
    if (!isMap(node)) {
      if (node !== undefined || what !== 'subgraphs') this.problem(node, `${what} must be a map of names and values`);
      return [];
    }
    return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => [
      String(isScalar(key) ? key.value : key),
      value ?? key,
    ]);
  }

  list<Item>(node: Node | undefined, what: string, read: (item: Node) => Item): Item[] {
    if (node === undefined) return [];
    if (!isSeq<Node>(node) || node.items.length === 0) {
      this.problem(node, `${what} must be a list of at least one entry`);
      return [];
    }
    return node.items.map(read);
  }

  /** @returns The text, or an empty string where it is not one; `check` answers true or what is wrong. */
  text(node: Node | undefined, what: string, check: (text: string) => true | string = () => true): string {
    if (node === undefined) return '';
    if (!isScalar(node) || typeof node.value !== 'string' || node.value === '') {
      this.problem(
        node,
        `${what} must be a text${isScalar(node) && typeof node.value === 'number' ? ', in quotes' : ''}`,
      );
      return '';
    }
    const verdict = check(node.value);
    if (verdict !== true) this.problem(node, verdict.startsWith('must') ? `${what} ${verdict}` : verdict);
    return node.value;
  }

  unique(list: Node | undefined, what: string, keys: readonly string[]): void {
    keys.forEach((key, index) => {
      if (key !== '' && keys.indexOf(key) < index)
        this.problem(isSeq<Node>(list) ? list.items[index] : list, `${what} ${key} stands twice`);
    });
  }
}
