import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findInstance } from '../../../../lib/cooperation/model.js';
import { readCooperation, readCooperationFile } from '../../../../lib/cooperation/read.js';
import { CooperationError } from '../../../../lib/cooperation/yaml-reader.js';

/** A file that can be used; its lines are counted in the tests below. */
const GOOD = `coordinator: iks
municipalities:
  - { ags: "10041100", name: Saarbrücken, district: "10041" }
  - { ags: "05162024", name: Neuss, district: "05162" }
providers:
  - { id: iks, name: IKS }
  - { id: itk, name: ITK }
subgraphs:
  vehicles:
    instances:
      - { provider: iks, url: "http://127.0.0.1:1/graphql", serves: ["10041*"] }
      - { provider: itk, url: "http://127.0.0.1:2/graphql", serves: ["05162024"] }
`;

function problemsOf(text: string): string[] {
  try {
    readCooperation(text);
    return [];
  } catch (error) {
    if (!(error instanceof CooperationError)) throw error;
    return error.problems.map(({ line, message }) => `${line}: ${message}`);
  }
}
/** Each pair replaces a text of the good file, which must be there. */
const spoilt = (...changes: [from: string, to: string][]) =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new TypeError(`not in the file: ${from}`);
    return text.replace(from, to);
  }, GOOD);

describe('readCooperation', () => {
  it('reads who hosts what for whom', () => {
    const cooperation = readCooperation(GOOD);
    expect(cooperation).toMatchObject({
      coordinator: 'iks',
      municipalities: [
        { ags: '10041100', name: 'Saarbrücken', district: '10041' },
        { ags: '05162024', name: 'Neuss', district: '05162' },
      ],
      providers: [
        { id: 'iks', name: 'IKS' },
        { id: 'itk', name: 'ITK' },
      ],
    });
    expect(findInstance(cooperation, 'vehicles', '10041100')?.provider).toBe('iks');
    expect(findInstance(cooperation, 'vehicles', '05162024')?.url).toBe('http://127.0.0.1:2/graphql');
    expect(findInstance(cooperation, 'vehicles', '05162099')).toBeNull();
    expect(findInstance(cooperation, 'none', '05162024')).toBeNull();
  });

  it.each([
    ['true', true],
    ['false', false],
  ])('lets replicas share what is about people where it says %s, and nowhere else', (text, isShared) => {
    const { privateCaching } = readCooperation(spoilt(['    instances:', `    cachePrivate: ${text}\n    instances:`]));
    expect([...privateCaching]).toEqual(isShared ? ['vehicles'] : []);
    expect([...readCooperation(GOOD).privateCaching]).toEqual([]);
  });

  it.each(['yes', '"true"', '1', 'null', '[]'])('takes %s for no consent', (text) => {
    expect(problemsOf(spoilt(['    instances:', `    cachePrivate: ${text}\n    instances:`]))).toEqual([
      '10: cachePrivate must be true or false',
    ]);
  });

  it.each([
    ['a coordinating municipality', spoilt(['coordinator: iks', 'coordinator: "05162024"'])],
    ['no coordinator', spoilt(['coordinator: iks\n', ''])],
    ['comments and a byte order mark', `\ufeff# who hosts what\n${GOOD}`],
    ['patterns of one instance that overlap', spoilt(['["10041*"]', '["10041*", "10041100"]'])],
  ])('reads a file with %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['nothing', '', ['1: the file must be a map of names and values']],
    ['only a comment', '# nothing yet\n', ['1: the file must be a map of names and values']],
    ['a list', '- a\n- b\n', ['1: the file must be a map of names and values']],
    ['several documents', `${GOOD}---\n${GOOD}`, ['13: the file must hold one document']],
    [
      'no parts at all',
      '{}',
      ['1: the file needs municipalities', '1: the file needs providers', '1: the file needs subgraphs'],
    ],
    ['an unknown part', `${GOOD}partners: []\n`, ['13: the file has no field partners']],
    ['a part that stands twice', `${GOOD}coordinator: itk\n`, ['13: a key stands twice in one map']],
    ['a key that stands twice', spoilt(['name: IKS', 'name: IKS, name: Iks']), ['6: a key stands twice in one map']],
    [
      'an alias',
      spoilt(['- { id: iks', '- &own { id: iks'], ['- { id: itk, name: ITK }', '- *own']),
      ['7: aliases are not read; write it out'],
    ],
    ['a tag', spoilt(['name: ITK', 'name: !env NAME']), ['7: the tag !env is not read']],
    [
      'a key of the language',
      spoilt(['name: IKS', 'name: IKS, __proto__: x']),
      ['6: a provider has no field __proto__'],
    ],
    ['a number for a key', spoilt(['"05162024", name', '05162024, name']), ['4: ags must be a text, in quotes']],
    ['a number for a district', spoilt(['"10041" }', '10041 }']), ['3: district must be a text, in quotes']],
    ['a name without a value', spoilt(['name: Neuss', 'name']), ['4: name has no value']],
    ['an empty name', spoilt(['Neuss', '" "']), ['4: name must be a text']],
    ['a missing name', spoilt([', name: Neuss', '']), ['4: a municipality needs name']],
    [
      'a key of seven digits',
      spoilt(['"05162024", name', '"0516202", name']),
      ['4: ags must have 8 digits, in quotes', '12: unknown municipality 05162024'],
    ],
    [
      'a district of elsewhere',
      spoilt(['"05162" }', '"10041" }']),
      ['4: district 10041 does not contain municipality 05162024'],
    ],
    [
      'a municipality twice',
      spoilt(['providers:', '  - { ags: "05162024", name: N, district: "05162" }\nproviders:']),
      ['5: municipality 05162024 stands twice'],
    ],
    ['a provider twice', spoilt(['id: itk', 'id: iks']), ['7: provider iks stands twice', '12: unknown provider itk']],
    [
      'a provider with a bad id',
      spoilt(['id: iks', 'id: I K S'], ['provider: iks', 'provider: itk'], ['coordinator: iks', 'coordinator: itk']),
      ['6: id must be lower-case letters, digits and -'],
    ],
    ['an unknown provider', spoilt(['provider: iks', 'provider: nobody']), ['11: unknown provider nobody']],
    [
      'an unknown coordinator',
      spoilt(['coordinator: iks', 'coordinator: nobody']),
      ['1: coordinator nobody is neither a provider nor a municipality'],
    ],
    ['no subgraph', GOOD.replace(/subgraphs:[\s\S]*/, 'subgraphs: {}\n'), ['8: subgraphs must name at least one']],
    [
      'a subgraph of a bad name',
      spoilt(['  vehicles:', '  Vehicles:']),
      ['9: subgraph name Vehicles must be lower-case letters, digits and -'],
    ],
    [
      'a subgraph without instances',
      GOOD.replace(/ {4}instances:[\s\S]*/, '    hosts: []\n'),
      ['10: subgraph vehicles has no field hosts', '10: subgraph vehicles needs instances'],
    ],
    [
      'an empty list of instances',
      GOOD.replace(/ {4}instances:[\s\S]*/, '    instances: []\n'),
      ['10: instances of vehicles must be a list of at least one entry'],
    ],
    ['a text for a list', spoilt(['["05162024"]', '"05162024"']), ['12: serves must be a list of at least one entry']],
    [
      'an unknown municipality',
      spoilt(['["10041*"]', '["10041*", "99999999"]']),
      ['11: unknown municipality 99999999'],
    ],
    ['a pattern that fits nobody', spoilt(['["10041*"]', '["10041*", "99*"]']), ['11: unknown municipality 99*']],
    ['a pattern that is none', spoilt(['["10041*"]', '["10041*", "*41100"]']), ['11: unknown municipality *41100']],
    [
      'a municipality that nobody serves',
      spoilt(['["05162024"]', '["10041100"]']),
      ['11: vehicles: 2 instances serve 10041100 Saarbrücken', '11: vehicles: nobody serves 05162024 Neuss'],
    ],
    [
      'a municipality that is served twice',
      spoilt(['["10041*"]', '["*"]']),
      ['11: vehicles: 2 instances serve 05162024 Neuss'],
    ],
    [
      'two instances at one address',
      spoilt(['127.0.0.1:2', '127.0.0.1:1']),
      ['12: vehicles: an instance at http://127.0.0.1:1/graphql stands twice'],
    ],
    [
      'one address written in two ways',
      spoilt(['http://127.0.0.1:1/', 'http://host/'], ['http://127.0.0.1:2/', 'HTTP://HOST:80/']),
      ['12: vehicles: an instance at http://host/graphql stands twice'],
    ],
  ])('refuses a file with %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it.each([
    'ftp://host/graphql',
    'host/graphql',
    'http://',
    'http://user:secret@host/',
    'http://host/?a=b',
    'http://host/#a',
  ])('refuses %s as an address', (url) => {
    const text = spoilt(['http://127.0.0.1:1/graphql', url]);
    expect(problemsOf(text)).toEqual(['11: url must be an http or https URL without user, query or fragment']);
  });

  it.each([
    ['a bracket that stays open', GOOD.replace('["10041*"]', '["10041*"')],
    ['a tab as indentation', GOOD.replace('    instances', '\tinstances')],
    ['a quote that stays open', GOOD.replace('"10041" }', '"10041 }')],
  ])('says no more than where the language breaks for %s', (_, text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).not.toMatch(/needs|no field|unknown|nobody/);
  });

  it('reports all that is wrong at once, by line', () => {
    const text = spoilt(
      ['coordinator: iks', 'coordinator: nobody'],
      ['"05162024", name: Neuss', '05162024, name: 7'],
      ['id: itk', 'id: ITK'],
      ['http://127.0.0.1:1', 'ftp://127.0.0.1:1'],
      ['provider: itk', 'provider: nobody'],
    );
    const problems = problemsOf(text);
    expect(problems.map((problem) => Number.parseInt(problem, 10))).toEqual([1, 4, 4, 7, 11, 12]);
    expect(() => readCooperation(text)).toThrow(
      /line 1: coordinator nobody.*\n.*line 4: ags must be a text, in quotes/,
    );
  });
});

describe('readCooperationFile', () => {
  it('reads the file at the root', () => {
    const cooperation = readCooperationFile('cooperation.yaml');
    expect(cooperation.municipalities.length).toBeGreaterThan(10);
    expect([...cooperation.subgraphs.keys()]).toEqual(expect.arrayContaining(['residents', 'vehicles', 'directory']));
  });

  it('names the first line that is not UTF-8', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cooperation-'));
    const path = join(folder, 'latin1.yaml');
    writeFileSync(path, GOOD, 'latin1');
    expect(() => readCooperationFile(path)).toThrow('line 3: the characters are not UTF-8');
    rmSync(folder, { recursive: true });
  });
});
