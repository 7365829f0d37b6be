import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';

export interface NewSubgraph {
  /** As in the cooperation file: `lost-property`. */
  readonly name: string;
  /** Of its first record: `LostItem`. */
  readonly type: string;
  /** A checkout of the project. */
  readonly root: string;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const TYPE = /^[A-Z][A-Za-z0-9]*$/;
/** What stands in for the legacy system stays as it is: it is the first thing to be replaced. */
const KEPT = /startLostProperty|LostPropertyRegister|support\/lost-property|lost-property\.js/;

/**
 * Makes a folder that runs, with a test that passes, out of `subgraphs/example/`.
 *
 * @returns Paths of what was written, in their order.
 * @throws UsageError where a name is malformed, taken, or the root is no checkout.
 */
export function makeSubgraph({ name, type, root }: NewSubgraph): string[] {
  if (!NAME.test(name) || name === 'example') throw new UsageError(`${name} must be lower-case letters, digits and -.`);
  if (!TYPE.test(type)) throw new UsageError(`--type ${type} must be written in PascalCase.`);
  const [source, folder] = [join(root, 'subgraphs/example'), join(root, 'subgraphs', name)];
  if (!existsSync(source)) throw new UsageError('There is no subgraphs/example here; run this in a checkout.');
  if (existsSync(folder)) throw new UsageError(`subgraphs/${name} exists already.`);
  const translate = createTranslation(name, type);
  mkdirSync(folder);
  const files = readdirSync(source).map((file) => join('subgraphs', name, file));
  for (const file of files) {
    cpSync(join(source, file.slice(`subgraphs/${name}/`.length)), join(root, file));
    rewrite(join(root, file), translate);
  }
  const test = `test/contract/subgraph-${name}.test.ts`;
  cpSync(join(root, 'test/contract/subgraph-example.test.ts'), join(root, test));
  rewrite(join(root, test), translate);
  addToCodegen(join(root, 'codegen.yml'), translate);
  return [...files, test, 'codegen.yml'];
}

type Translate = (text: string) => string;

function createTranslation(name: string, type: string): Translate {
  const pascal = name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());
  const words: Readonly<Record<string, string>> = {
    'lost-property': name,
    'subgraphs/example': `subgraphs/${name}`,
    'subgraph-example': `subgraph-${name}`,
    'fachverbund-example-': `fachverbund-${name}-`,
    'example subgraph': `${name} subgraph`,
    '# example:': `# ${name}:`,
    LostProperty: pascal,
    LostItem: type,
    lostItem: type[0]?.toLowerCase() + type.slice(1),
  };
  const all = new RegExp([KEPT.source, ...Object.keys(words)].join('|'), 'g');
  return (text) => text.replace(all, (found) => words[found] ?? found);
}

function rewrite(path: string, translate: Translate): void {
  writeFileSync(path, translate(readFileSync(path, 'utf8')));
}

/** The entry of the example once more, under the new name, before the example's own. */
function addToCodegen(path: string, translate: Translate): void {
  const text = readFileSync(path, 'utf8');
  const entry = /^ {2}subgraphs\/example\/[^\n]*\n(?: {4,}[^\n]*\n)+/m.exec(text)?.[0];
  if (entry === undefined) throw new UsageError('codegen.yml has no entry of the example to copy.');
  writeFileSync(path, text.replace(entry, `${translate(entry)}${entry}`));
}
