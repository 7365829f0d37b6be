import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices, toCooperation } from '../support/offices.js';
import type { StandIn } from '../support/stand-in.js';

jest.setTimeout(60_000);

const WEST = '10041100';
const HOMBURG = '10045114';
const ST_INGBERT = '10045117';
const NOWHERE = '10043114';

const files = createTestFiles();
let issuer: Issuer;
let offices: Offices;
let gateway: GatewayProcess;
let cooperationPath: string;
let citizen: string;
let clerk: string;

beforeAll(async () => {
  [issuer, offices] = await Promise.all([startIssuer(), startOffices('@authenticated')]);
  cooperationPath = files.write('cooperation.yaml', offices.cooperation);
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: cooperationPath,
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    SUBGRAPH_DEADLINE_MS: '1000',
  });
  citizen = await issuer.token({ ags: ['10041*', HOMBURG, WEST] });
  clerk = await issuer.token({ role: 'caseworker', office: 'residents', ags: ['*'] });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([issuer?.close(), offices?.close()]);
  files.remove();
});

beforeEach(() => {
  for (const standIn of offices.all()) standIn.received.length = 0;
});

afterEach(() => {
  for (const standIn of offices.all()) standIn.fail(null);
});

const count = ({ received }: StandIn): number => received.length;
const sentTo = ({ received }: StandIn): unknown => received.map(({ variables }) => variables);

describe('a root field', () => {
  it('goes to the instance of the municipality that its argument names', async () => {
    const query = 'query($ags: AGS!) { person(ags: $ags, id: "1") { name } }';
    const west = await ask(gateway.url, query, { token: clerk, variables: { ags: WEST } });
    const east = await ask(gateway.url, query, { token: clerk, variables: { ags: ST_INGBERT } });
    expect([west.data, east.data]).toEqual([
      { person: { name: `west ${WEST} 1` } },
      { person: { name: `east ${ST_INGBERT} 1` } },
    ]);
    expect([count(offices.people.west), count(offices.people.east)]).toEqual([1, 1]);
  });

  it.each([
    ['a literal', '{ search(input: { ags: "10041100", name: "x" }) { name } }', {}],
    ['a variable', 'query($i: SearchInput!) { search(input: $i) { name } }', { i: { ags: WEST, name: 'x' } }],
    ['a variable in a literal', 'query($a: AGS!) { search(input: { ags: $a, name: "x" }) { name } }', { a: WEST }],
    ['a default', 'query($i: SearchInput = { ags: "10041100", name: "x" }) { search(input: $i) { name } }', {}],
  ])('may name it in input.ags: %s', async (_, query, variables) => {
    const answer = await ask(gateway.url, query, { token: clerk, variables });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ search: [{ name: `west ${WEST} x` }] });
  });

  it('of several municipalities is asked of each instance once, side by side, with its own variables', async () => {
    const query = `query($a: AGS!, $b: AGS!, $n: ID!, $m: ID!) {
      first: person(ags: $b, id: $m) { ...names }
      second: person(ags: $a, id: $n) { ...names }
      third: person(ags: "${ST_INGBERT}", id: $m) { id }
    }
    fragment names on Person { name }`;
    const variables = { a: WEST, b: HOMBURG, n: '1', m: '2' };
    const answer = await ask(gateway.url, query, { token: clerk, variables });
    expect(answer.data).toEqual({
      first: { name: `east ${HOMBURG} 2` },
      second: { name: `west ${WEST} 1` },
      third: { id: '2' },
    });
    expect(Object.keys(answer.data ?? {})).toEqual(['first', 'second', 'third']);
    expect([sentTo(offices.people.east), sentTo(offices.people.west)]).toEqual([
      [{ b: HOMBURG, m: '2' }],
      [{ a: WEST, n: '1' }],
    ]);
  });

  it('without an argument goes to the first municipality of the citizen', async () => {
    expect((await ask(gateway.url, '{ me { name } }', { token: citizen })).data).toEqual({
      me: { name: `east ${HOMBURG} me` },
    });
    expect(count(offices.people.west)).toBe(0);
  });

  it('without an argument is nothing for who is no citizen', async () => {
    const answer = await ask(gateway.url, '{ me { name } }', { token: clerk });
    expect([answer.data, answer.errors]).toEqual([{ me: null }, []]);
    expect([count(offices.people.west), count(offices.people.east)]).toEqual([0, 0]);
  });

  it('of a municipality that nobody serves is null, and nobody is asked', async () => {
    const query = `{ a: person(ags: "${NOWHERE}", id: 1) { name } b: person(ags: "${WEST}", id: 1) { name } }`;
    const answer = await ask(gateway.url, query, { token: clerk });
    expect([answer.data, answer.errors]).toEqual([{ a: null, b: { name: `west ${WEST} 1` } }, []]);
    expect(count(offices.people.east)).toBe(0);
  });

  it('that is public is answered for any municipality, by the instances in turn', async () => {
    const { data } = await ask(gateway.url, `{ tax(input: { ags: "${NOWHERE}", dogs: 2 }) }`);
    expect(data).toEqual({ tax: 200 });
    const mottos = await Promise.all(Array.from({ length: 6 }, () => ask(gateway.url, '{ motto }')));
    expect(new Set(mottos.map((answer) => answer.data?.motto))).toEqual(new Set(['west', 'east']));
  });

  it('that is called as nothing should be called is data like any other', async () => {
    const query = `{ __proto__: person(ags: "${WEST}", id: 1) { constructor: name } toString: person(ags: "${HOMBURG}", id: 1) { name } }`;
    const answer = await ask(gateway.url, query, { token: clerk });
    expect(answer.text).toContain(`"__proto__":{"constructor":"west ${WEST} 1"}`);
    expect(answer.text).toContain(`"toString":{"name":"east ${HOMBURG} 1"}`);
  });
});

describe('mutations', () => {
  it('run in their order, even to several instances', async () => {
    const query = `mutation {
      a: rename(ags: "${WEST}", id: 1, name: "a") { id }
      b: rename(ags: "${HOMBURG}", id: 1, name: "b") { id }
      c: rename(ags: "${WEST}", id: 1, name: "c") { id }
    }`;
    const answer = await ask(gateway.url, query, { token: clerk });
    expect(answer.data).toEqual({ a: { id: '1-a' }, b: { id: '1-b' }, c: { id: '1-c' } });
    expect(count(offices.people.west)).toBe(2);
    expect(count(offices.people.east)).toBe(1);
  });

  it('are never sent twice', async () => {
    offices.people.west.fail({ kind: 'status', status: 503 });
    const answer = await ask(gateway.url, `mutation { rename(ags: "${WEST}", id: 1, name: "a") { id } }`, {
      token: clerk,
    });
    expect(answer.errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(count(offices.people.west)).toBe(1);
  });
});

describe('records', () => {
  const query = `{
    a: person(ags: "${WEST}", id: "1") { licence }
    b: person(ags: "${HOMBURG}", id: "2") { licence }
    c: people(ags: "${ST_INGBERT}") { id licence }
  }`;

  it('of several municipalities are split by instance and put together again', async () => {
    const { data, errors } = await ask(gateway.url, query, { token: clerk });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      a: { licence: `licence of ${WEST}` },
      b: { licence: `licence of ${HOMBURG}` },
      c: [
        { id: '1', licence: `licence of ${ST_INGBERT}` },
        { id: '2', licence: `licence of ${ST_INGBERT}` },
      ],
    });
  });

  it('of former residences are asked of every instance they name, and their lists joined', async () => {
    const answer = await ask(gateway.url, '{ me { dogs { ags tag } licence } }', { token: citizen });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      me: {
        dogs: [
          { ags: HOMBURG, tag: 'me-east' },
          { ags: WEST, tag: 'me-west' },
        ],
        licence: `licence of ${HOMBURG}`,
      },
    });
  });

  it('that two instances know alike are one', async () => {
    const twin = { data: { _entities: [{ dogs: [{ ags: WEST, tag: 'me-west' }] }] } };
    offices.dogs.east.fail({ kind: 'answer', body: twin });
    const answer = await ask(gateway.url, '{ me { dogs { ags tag } } }', { token: citizen });
    expect(answer.data).toEqual({ me: { dogs: [{ ags: WEST, tag: 'me-west' }] } });
  });
});

describe('one instance down', () => {
  const query = `{
    a: person(ags: "${WEST}", id: "1") { name licence dogs { tag } }
    b: person(ags: "${HOMBURG}", id: "2") { name licence dogs { tag } }
  }`;

  it('costs its own municipalities their fields, and nobody else anything', async () => {
    offices.dogs.east.fail({ kind: 'refuse' });
    const { data, errors } = await ask(gateway.url, query, { token: clerk });
    expect(data).toEqual({
      a: { name: `west ${WEST} 1`, licence: `licence of ${WEST}`, dogs: [{ tag: '1-west' }] },
      b: { name: `east ${HOMBURG} 2`, licence: null, dogs: null },
    });
    expect(errors).toEqual(
      ['licence', 'dogs'].map((field) => ({
        message: 'A part of the federation cannot be reached.',
        path: ['b', field],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      })),
    );
  });

  it('leaves the rest of a root answer', async () => {
    offices.people.west.fail({ kind: 'refuse' });
    const { data, errors } = await ask(gateway.url, query.replaceAll('licence dogs { tag }', ''), { token: clerk });
    expect(data).toEqual({ a: null, b: { name: `east ${HOMBURG} 2` } });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['a'], 'SUBGRAPH_UNAVAILABLE']]);
  });

  it('of a former residence leaves the list of the others, and says that something is missing', async () => {
    offices.dogs.west.fail({ kind: 'refuse' });
    const { data, errors } = await ask(gateway.url, '{ me { dogs { tag } licence } }', { token: citizen });
    expect(data).toEqual({ me: { dogs: [{ tag: 'me-east' }], licence: `licence of ${HOMBURG}` } });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['me', 'dogs'], 'SUBGRAPH_UNAVAILABLE'],
    ]);
  });

  it('does not keep public fields from being answered', async () => {
    offices.people.west.fail({ kind: 'refuse' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(gateway.url, '{ motto }')));
    expect(answers.map(({ data }) => data)).toEqual(Array(4).fill({ motto: 'east' }));
  });
});

describe('a new agreement', () => {
  it('holds from the next request on, and connections to who left are closed', async () => {
    await ask(gateway.url, `{ person(ags: "${WEST}", id: 1) { name } }`, { token: clerk });
    const exchanged = { people: { west: offices.people.east, east: offices.people.east }, dogs: offices.dogs };
    const single = toCooperation(exchanged)
      .replace(/ {6}- provider: west\n {8}url: \S+\n {8}serves:\n {10}- "10041100"\n/, '')
      .replace('- 10045*', '- "*"');
    writeFileSync(cooperationPath, single);
    try {
      await eventually(async () => {
        const { data } = await ask(gateway.url, `{ person(ags: "${WEST}", id: 1) { name } }`, { token: clerk });
        expect(data).toEqual({ person: { name: `east ${WEST} 1` } });
      });
      await eventually(() => expect(offices.people.west.sockets.size).toBe(0));
    } finally {
      writeFileSync(cooperationPath, offices.cooperation);
    }
    await eventually(async () => {
      const { data } = await ask(gateway.url, `{ person(ags: "${WEST}", id: 1) { name } }`, { token: clerk });
      expect(data).toEqual({ person: { name: `west ${WEST} 1` } });
    });
  });

  it('that is wrong changes nothing', async () => {
    writeFileSync(cooperationPath, 'municipalities: []');
    try {
      await eventually(() => expect(gateway.output()).toContain('cooperation file refused'));
      const { errors } = await ask(gateway.url, `{ person(ags: "${WEST}", id: 1) { name } }`, { token: clerk });
      expect(errors).toEqual([]);
    } finally {
      writeFileSync(cooperationPath, offices.cooperation);
    }
  });
});
