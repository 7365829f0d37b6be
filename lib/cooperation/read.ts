import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isMap, isScalar, type Node } from 'yaml';
import { hasFormat } from '../formats.js';
import { type Cooperation, type Instance, isServedBy, type Municipality, type Provider } from './model.js';
import { CooperationError, YamlReader } from './yaml-reader.js';

/** @throws CooperationError, or what the file system says. */
export function readCooperationFile(path: string): Cooperation {
  const bytes = readFileSync(path);
  const lines = bytes.toString('latin1').split('\n');
  const bad = isUtf8(bytes) ? -1 : lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')));
  if (bad >= 0) throw new CooperationError([{ line: bad + 1, message: 'the characters are not UTF-8' }]);
  return readCooperation(bytes.toString('utf8'));
}

/**
 * Reads a cooperation agreement from YAML text.
 *
 * @throws CooperationError with every problem and its line: unknown or malformed keys, wrong types, duplicate keys,
 *   unknown municipalities or providers, bad URLs, a municipality served twice or by nobody.
 */
export function readCooperation(text: string): Cooperation {
  const reader = new YamlReader(text);
  const root = reader.root();
  const fields = reader.fields(
    root,
    'the file',
    ['municipalities', 'providers', 'subgraphs'],
    ['coordinator', 'coordinatorKey'],
  );
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
  const { subgraphs, contributions, privateCaching } = readSubgraphs(
    reader,
    fields.subgraphs,
    municipalities,
    providers,
  );
  const coordinator = readCoordinator(reader, fields.coordinator, municipalities, providers);
  const coordinatorKey = readKey(reader, fields.coordinatorKey, 'coordinatorKey');
  reader.finish();
  return { coordinator, coordinatorKey, municipalities, providers, subgraphs, contributions, privateCaching };
}

function readMunicipality(reader: YamlReader, node: Node): Municipality {
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

function readProvider(reader: YamlReader, node: Node): Provider {
  const fields = reader.fields(node, 'a provider', ['id', 'name'], ['key']);
  const id = reader.text(
    fields.id,
    'id',
    (text) => /^[a-z][a-z0-9-]{0,39}$/.test(text) || 'must be lower-case letters, digits and -',
  );
  return { id, name: reader.text(fields.name, 'name'), key: readKey(reader, fields.key, 'key') };
}

function readKey(reader: YamlReader, node: Node | undefined, what: string): string | null {
  if (node === undefined) return null;
  const isKey = (text: string) => /^[A-Za-z0-9+/]{43}=$/.test(text) || 'must be an Ed25519 public key in base64';
  return reader.text(node, what, isKey);
}

function readSubgraphs(
  reader: YamlReader,
  node: Node | undefined,
  municipalities: readonly Municipality[],
  providers: readonly Provider[],
): Pick<Cooperation, 'subgraphs' | 'contributions' | 'privateCaching'> {
  const subgraphs = new Map<string, readonly Instance[]>();
  const contributions = new Map<string, readonly string[]>();
  const privateCaching = new Set<string>();
  if (node === undefined) return { subgraphs, contributions, privateCaching };
  const entries = reader.entries(node, 'subgraphs');
  if (isMap(node) && entries.length === 0) reader.problem(node, 'subgraphs must name at least one');
  for (const { name, key, value } of entries) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
      reader.problem(key, `subgraph name ${name} must be lower-case letters, digits and -`);
    if (value === undefined) continue;
    const optional = ['contributesTo', 'cachePrivate'] as const;
    const { instances, contributesTo, cachePrivate } = reader.fields(
      value,
      `subgraph ${name}`,
      ['instances'],
      optional,
    );
    const read = reader.list(instances, `instances of ${name}`, (item) =>
      readInstance(reader, item, municipalities, providers),
    );
    reader.unique(instances, `${name}: an instance at`, read.map(toAddress));
    checkService(reader, { name, node: instances, instances: read, municipalities });
    subgraphs.set(name, read);
    contributions.set(name, readContributions(reader, contributesTo));
    if (readYes(reader, cachePrivate)) privateCaching.add(name);
  }
  return { subgraphs, contributions, privateCaching };
}

/** `true` and nothing that looks like it: consent is not guessed. */
function readYes(reader: YamlReader, node: Node | undefined): boolean {
  if (node === undefined) return false;
  const isYes = isScalar(node) && node.value === true;
  if (!isYes && !(isScalar(node) && node.value === false)) reader.problem(node, 'cachePrivate must be true or false');
  return isYes;
}

function readContributions(reader: YamlReader, node: Node | undefined): readonly string[] {
  const isName = (text: string) => /^[_A-Za-z]\w*$/.test(text) || 'must be the name of a type';
  return reader.list(node, 'contributesTo', (item) => reader.text(item, 'a type', isName));
}

function readInstance(
  reader: YamlReader,
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

/** As a client would write it: two instances are two processes and cannot have one address. */
const toAddress = ({ url }: Instance): string => (isHttpUrl(url) ? new URL(url).href : '');

/**
 * Each municipality has exactly one instance of each subgraph: one processor of its data. Where it cannot be read whom
 * an instance serves, nothing is said: it would be guessed.
 */
function checkService(
  reader: YamlReader,
  given: {
    name: string;
    node: Node | undefined;
    instances: readonly Instance[];
    municipalities: readonly Municipality[];
  },
): void {
  if (given.instances.length === 0 || given.instances.some(({ serves }) => serves.length === 0)) return;
  for (const { ags, name } of given.municipalities.filter((municipality) => hasFormat('ags', municipality.ags))) {
    const serving = given.instances.filter((instance) => isServedBy(instance, ags)).length;
    if (serving === 0) reader.problem(given.node, `${given.name}: nobody serves ${ags} ${name}`);
    if (serving > 1) reader.problem(given.node, `${given.name}: ${serving} instances serve ${ags} ${name}`);
  }
}

function readCoordinator(
  reader: YamlReader,
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
