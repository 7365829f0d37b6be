import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';

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

/** What the parser says in words that fit a reader of the file; everything else it says well itself. */
const PARSER_WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key stands twice in one map',
  MULTIPLE_DOCS: 'the file must hold one document',
};

/** Reads typed values from YAML nodes and collects what is wrong instead of stopping at the first. */
export class YamlReader {
  private readonly lines = new LineCounter();
  private readonly problems: Problem[] = [];
  private readonly document;

  /** @throws CooperationError where the text is no plain YAML: what stands in it then is anybody's guess. */
  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines });
    for (const error of this.document.errors)
      this.problems.push({ line: error.linePos?.[0].line ?? 1, message: toMessage(error) });
    visit(this.document, (_, node) => {
      if (isAlias(node)) this.problem(node, 'aliases are not read; write it out');
      else if (isNode(node) && node.tag !== undefined) this.problem(node, `the tag ${node.tag} is not read`);
    });
    const isPlain = this.document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
    if (!isPlain || this.problems.length > this.document.errors.length) this.finish();
  }

  root(): Node | undefined {
    return this.document.contents ?? undefined;
  }

  finish(): void {
    if (this.problems.length > 0) throw new CooperationError(this.problems.toSorted((a, b) => a.line - b.line));
  }

  problem(node: Node | undefined, message: string): void {
    this.problems.push({ line: node?.range ? this.lines.linePos(node.range[0]).line : 1, message });
  }

  /** The values of a map with these keys and no others. */
  fields<Name extends string, Optional extends string = never>(
    node: Node | undefined,
    what: string,
    required: readonly Name[],
    optional: readonly Optional[] = [],
  ): Record<Name | Optional, Node | undefined> {
    const names: readonly string[] = [...required, ...optional];
    const entries = this.entries(node, what);
    for (const { name, key } of entries) if (!names.includes(name)) this.problem(key, `${what} has no field ${name}`);
    const found = Object.fromEntries(entries.map(({ name, value }) => [name, value])) as Record<
      Name | Optional,
      Node | undefined
    >;
    for (const name of required)
      if (!Object.hasOwn(found, name) && isMap(node)) this.problem(node, `${what} needs ${name}`);
    return found;
  }

  entries(node: Node | undefined, what: string): { name: string; key: Node; value: Node | undefined }[] {
    if (!isMap(node)) {
      this.problem(node, `${what} must be a map of names and values`);
      return [];
    }
    return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => {
      const name = String(isScalar(key) ? key.value : key);
      if (value === null) this.problem(key, `${name} has no value`);
      return { name, key, value: value ?? undefined };
    });
  }

  list<Item>(node: Node | undefined, what: string, read: (item: Node) => Item): Item[] {
    if (node === undefined) return [];
    if (!isSeq<Node>(node) || node.items.length === 0) {
      this.problem(node, `${what} must be a list of at least one entry`);
      return [];
    }
    return node.items.map(read);
  }

  /**
   * @param check Answers true, or what is wrong.
   * @returns The text; what else stands there as it is written, so that the reading can go on.
   */
  text(node: Node | undefined, what: string, check: (text: string) => true | string = () => true): string {
    if (node === undefined) return '';
    const value = isScalar(node) ? node.value : null;
    if (typeof value !== 'string' || value.trim() === '') {
      this.problem(node, `${what} must be a text${typeof value === 'number' ? ', in quotes' : ''}`);
      return isScalar(node) ? (node.source ?? '') : '';
    }
    const verdict = check(value);
    if (verdict !== true) this.problem(node, verdict.startsWith('must') ? `${what} ${verdict}` : verdict);
    return value;
  }

  /** No key may stand twice; empty ones are absent. `keys` are those of the list's items, in their order. */
  unique(list: Node | undefined, what: string, keys: readonly string[]): void {
    keys.forEach((key, index) => {
      if (key !== '' && keys.indexOf(key) < index)
        this.problem(isSeq<Node>(list) ? list.items[index] : list, `${what} ${key} stands twice`);
    });
  }
}

const toMessage = ({ code, message }: YAMLError): string =>
  PARSER_WORDS[code] ?? message.split('\n')[0]?.replace(/ at line.*$/, '') ?? code;
