import { spawnSync } from 'node:child_process';
import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type FetchNode, type PlanNode, QueryPlanner } from '@apollo/query-planner';
import { describe, expect, it } from '@jest/globals';
import { type ASTNode, Kind, parse, visit } from 'graphql';
import { readPoliciesFile } from '../../gateway/authorize/policies.js';
import { readRuleMarks } from '../../gateway/authorize/rule-marks.js';
import { readRules } from '../../gateway/authorize/rules.js';
import { fieldsOf, readSupergraph as read } from '../../gateway/supergraph.js';
import { compose, composeSources, readSupergraph } from '../../schema/compose.js';

const sdl = readSupergraph();
const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });

describe('the supergraph', () => {
  it('MUST be composed from the subgraphs as they are', () => {
    // By lines: the difference of two whole texts takes more memory than the machine has.
    const [kept, composed] = [sdl, compose()].map((text) => text.split('\n'));
    expect(composed?.filter((line, index) => line !== kept?.[index]).slice(0, 5)).toEqual([]);
    expect(kept).toHaveLength(composed?.length ?? 0);
  });

  it('MUST describe everything it promises', () => {
    expect(undescribed(sdl)).toEqual([]);
  });

  it('is looked through for descriptions everywhere', () => {
    const bare =
      'type A { a(b: Int): Int } enum E { V } input I { i: Int } scalar S interface F { f: Int } union U = A';
    expect(undescribed(bare)).toEqual(['A', 'A.a', 'A.a.b', 'E', 'E.V', 'I', 'I.i', 'S', 'F', 'F.f', 'U']);
  });
});

describe('the rules of the supergraph', () => {
  const ours = read(sdl);

  it('MUST say of every field who may see it', () => {
    const { ruleOf } = readRules(ours);
    const coordinates = fieldsOf(ours.document).map(({ coordinate }) => coordinate);
    expect(coordinates.length).toBeGreaterThan(50);
    expect(coordinates.filter((coordinate) => !ruleOf(coordinate).isMarked)).toEqual([]);
  });

  it('MUST ask for policies that somebody is granted, and grant those that are asked for', () => {
    const rights = [...readRuleMarks(ours).requirements.values()].flat(3);
    const asked = rights.flatMap((right) => (right.startsWith('policy ') ? [right.slice('policy '.length)] : []));
    const granted = readPoliciesFile(undefined).grants.flatMap(({ policies }) => policies);
    expect([...new Set(granted)].sort()).toEqual([...new Set(asked)].sort());
  });
});

describe('composing', () => {
  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@policy", "@composeDirective", "@inaccessible"])
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) @composeDirective(name: "@public")
    directive @public on FIELD_DEFINITION\n`;
  const composing = (...texts: string[]) =>
    composeSources(texts.map((text, index) => ({ name: `s${index}`, typeDefs: parse(LINK + text) })));
  const PERSON = 'type Query { me: Person @public } type Person @key(fields: "id") { id: ID! @public';

  it('MUST accept fields with a rule or @public', () => {
    expect(composing(`${PERSON} income: Int @policy(policies: [["p"]]) }`)).toContain('@policy(policies: [["p"]])');
  });

  it.each([
    ['a field without a rule', [`${PERSON} income: Int }`], /Person\.income in subgraph s0 has neither/],
    [
      'a public field with a rule',
      [`${PERSON} a: Int @public @policy(policies: [["p"]]) }`],
      /Person\.a in subgraph s0/,
    ],
    [
      'a field computed from a protected one',
      [
        `${PERSON} income: Int @policy(policies: [["p"]]) }`,
        'type Person @key(fields: "id") { id: ID! @public  income: Int @external  eligible: Int @public @requires(fields: "income") }',
      ],
      /Person\.eligible.*transitive/,
    ],
    [
      'the same with a rule of its own that is another',
      [
        `${PERSON} income: Int @policy(policies: [["p"]]) }`,
        'type Person @key(fields: "id") { id: ID! @public  income: Int @external  eligible: Int @policy(policies: [["q"]]) @requires(fields: "income") }',
      ],
      /Person\.eligible.*transitive/,
    ],
    [
      'a rule on an interface',
      [
        'type Query { n: N @policy(policies: [["p"]]) } interface N @policy(policies: [["p"]]) { x: Int } type A implements N { x: Int @public }',
      ],
      /interface/i,
    ],
  ])('MUST refuse %s', (_, texts, message) => {
    expect(() => composing(...texts)).toThrow(message);
  });
});

describe('generated files', () => {
  it('MUST be those of the schema as it is', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml', '--check'],
      { encoding: 'utf8', env: { PATH: process.env.PATH } },
    );
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  }, 60_000);
});

describe('registers', () => {
  const planner = new QueryPlanner(supergraph);
  const plan = (query: string): PlanNode => {
    const { node } = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(query)));
    if (node === undefined || node.kind === 'Subscription') throw new TypeError('This is no query.');
    return node;
  };
  const V = 'vehicle(ags: "10045114", plate: "HOM A 1")';
  const C = 'housingBenefitCase(ags: "10045114", caseNumber: "1")';

  it.each([
    ['from a vehicle to a case', `{ ${V} { holder { housingBenefitCases { caseNumber } } } }`],
    [
      'from vehicles to cases',
      '{ vehicles(ags: "10045114") { edges { node { holder { housingBenefitCases { status } } } } } }',
    ],
    ['from a case to a vehicle', `{ ${C} { applicant { vehicles { plate } } } }`],
    ['there and back', `{ ${V} { holder { housingBenefitCases { applicant { vehicles { plate } } } } } }`],
    [
      'under aliases and in fragments',
      `{ a: ${V} { ...h } } fragment h on Vehicle { b: holder { c: housingBenefitCases { d: caseNumber } } }`,
    ],
    ['side by side', '{ me { vehicles { plate } housingBenefitCases { status } } }'],
    ['of what one has', '{ me { vehicles { holder { housingBenefitCases { status } } } } }'],
  ])('MUST be joined over the residents register alone: %s', (_, query) => {
    const chains = fetchChains(plan(query));
    expect(chains.flat()).toEqual(expect.arrayContaining([expect.objectContaining({ serviceName: 'vehicles' })]));
    for (const chain of chains) {
      const services = chain.map(({ serviceName }) => serviceName).join(' > ');
      expect(services).not.toMatch(/vehicles > housing-benefit|housing-benefit > vehicles/);
    }
    for (const fetch of chains.flat()) {
      const [sent, read] = [JSON.stringify(fetch.requires ?? []), fetch.operation];
      if (fetch.serviceName === 'vehicles') expect(sent + read).not.toContain('housingBenefit');
      if (fetch.serviceName === 'housing-benefit') expect(sent + read).not.toContain('vehicles');
    }
  });

  it('MUST share no key with one another but over residents', () => {
    const keys = (graph: string) =>
      [...sdl.matchAll(/@join__type\(graph: (\w+), key: "([^"]+)"/g)]
        .filter(([, name]) => name === graph)
        .map(([, , key]) => key);
    expect(keys('VEHICLES')).toContain('ags vehiclesLink');
    expect(keys('VEHICLES').filter((key) => keys('HOUSING_BENEFIT').includes(key))).toEqual([]);
  });

  it('MUST keep the links to themselves', () => {
    const api = supergraph.apiSchema().toGraphQLJSSchema();
    expect(Object.keys(api.getTypeMap())).not.toContain('FormerLink');
    for (const type of Object.values(api.getTypeMap()))
      if ('getFields' in type) expect(Object.keys(type.getFields()).join()).not.toMatch(/Link\\b|Formerly/);
  });
});

/** Coordinates of all definitions without a description, but for root types and the machinery of composition. */
function undescribed(text: string): string[] {
  const found: string[] = [];
  const path: string[] = [];
  visit(parse(text), {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE_DEFINITION || node.kind === Kind.SCHEMA_DEFINITION) return false;
      const name = nameOfDefinition(node);
      if (name === null) return undefined;
      if (/^(join|link|federation|policy)__/.test(name)) return false;
      path.push(name);
      if (path.length === 1 && /^(Query|Mutation)$/.test(name)) return undefined;
      if (!('description' in node) || !node.description?.value.trim()) found.push(path.join('.'));
      return undefined;
    },
    leave(node) {
      if (nameOfDefinition(node) !== null) path.pop();
    },
  });
  return found;
}

const nameOfDefinition = (node: ASTNode): string | null =>
  /(Type|Field|InputValue|EnumValue)Definition$/.test(node.kind) && 'name' in node ? (node.name?.value ?? null) : null;

/** Each way down a plan as the fetches that follow one another: who fetches later may use what was fetched before. */
function fetchChains(node: PlanNode): FetchNode[][] {
  switch (node.kind) {
    case 'Fetch':
      return [[node]];
    case 'Flatten':
      return fetchChains(node.node);
    case 'Parallel':
      return node.nodes.flatMap(fetchChains);
    case 'Sequence':
      return node.nodes
        .map(fetchChains)
        .reduce((before, after) => before.flatMap((head) => after.map((tail) => [...head, ...tail])), [[]]);
    default:
      throw new TypeError(`A plan with ${node.kind} is not expected here.`);
  }
}
