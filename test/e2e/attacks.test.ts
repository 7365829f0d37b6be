import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { ATTACKS, type Attack } from '../support/attacks.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(120_000);

const files = createTestFiles();
let offices: Offices;
let gateway: GatewayProcess;

beforeAll(async () => {
  offices = await startOffices();
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ...OPEN,
  });
});

afterAll(async () => {
  await gateway?.stop();
  await offices?.close();
  files.remove();
});

const OPEN = { ACCESS_DEFAULT: 'public', AUDIT: 'off' };
const received = () => offices.all().reduce((sum, standIn) => sum + standIn.received.length, 0);

async function send({ method = 'POST', search = '', headers = {}, body }: Attack) {
  const response = await fetch(`${gateway.url}${search}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, ...(JSON.parse(text) as Refusal) };
}

interface Refusal {
  readonly data?: unknown;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** Longest time in ms for which nothing else could be done in the gateway since the last look. */
async function stallMs(): Promise<number> {
  const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m.exec(metrics) ?? [];
  return Number(seconds) * 1000;
}

describe('an attack', () => {
  it.each(ATTACKS)('by $name is refused with $code', async (attack) => {
    const before = received();
    const { status, headers, text, data, errors } = await send(attack);
    expect({ status, data, code: errors[0]?.extensions.code }).toEqual({ status: attack.status, code: attack.code });
    expect(errors.length).toBeLessThanOrEqual(5);
    expect(text.length).toBeLessThan(4000);
    expect(text).not.toMatch(/did you mean|call stack|node_modules|"stacktrace"/i);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
    expect(received()).toBe(before);
  });

  // A stall of an attack's own making is there each time, one of a busy machine is not.
  it.each(ATTACKS)('by $name keeps nobody waiting', async (attack) => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 5 && shortest > 60; attempt++) {
      await stallMs();
      await send(attack);
      shortest = Math.min(shortest, await stallMs());
    }
    expect(shortest).toBeLessThan(100);
  });
});

it('all attacks at once change no answer of others', async () => {
  const good = async () => {
    const { status, data } = await ask(gateway.url, '{ person(ags: "10041100", id: "1") { name licence } }');
    return [status, data];
  };
  const expected = await good();
  const attacks = ATTACKS.map(send);
  const answers = await Promise.all(Array.from({ length: 100 }, good));
  expect(answers).toEqual(Array(100).fill(expected));
  expect((await Promise.all(attacks)).map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
});

describe('what looks like an attack and is none', () => {
  it.each([
    ['30 aliases', `{ me { ${Array.from({ length: 30 }, (_, n) => `a${n}: id`).join(' ')} } }`],
    ['12 levels', `{ me { ${'dogs { keeper { '.repeat(5)} id ${'} } '.repeat(5)} } }`],
    ['10 fields at the top', `{ ${Array.from({ length: 10 }, (_, n) => `a${n}: motto`).join(' ')} }`],
    ['names of members of all objects', '{ me { __proto__: id constructor: ags toString: name } }'],
  ])('%s', async (_, query) => {
    const { status, errors } = await ask(gateway.url, query);
    expect([status, errors]).toEqual([200, []]);
  });

  it('a variable that is called __proto__', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"query ($__proto__: ID!) { person(ags: \\"10041100\\", id: $__proto__) { id polluted: name } }","variables":{"__proto__":"7"}}',
    });
    expect(await response.json()).toEqual({ data: { person: { id: '7', polluted: 'west 10041100 7' } } });
  });
});

describe('headers of a subgraph', () => {
  it('never reach a client', async () => {
    const headers = {
      'set-cookie': 'planted=1',
      server: 'planted',
      'x-powered-by': 'planted',
      'content-type': 'application/json',
    };
    for (const office of [offices.people.east, offices.people.west])
      office.fail({ kind: 'status', status: 200, body: '{"data":{"motto":"n"}}', headers });
    const answer = await ask(gateway.url, '{ motto }');
    for (const office of [offices.people.east, offices.people.west]) office.fail(null);
    expect(answer.data).toEqual({ motto: 'n' });
    expect([...answer.headers].join()).not.toMatch(/planted|set-cookie|x-powered-by/);
  });
});

describe('the estimated cost', () => {
  const DOGS = '{ person(ags: "10041100", id: "1") { dogs { keeper { name } } } }';

  it('is told whoever asks for it, and nobody else', async () => {
    const headers = { 'x-cost': '1' };
    const told = JSON.parse((await ask(gateway.url, DOGS, { headers })).text);
    expect(told.extensions).toEqual({ cost: { estimated: 3, limit: 1000 } });
    const other = JSON.parse((await ask(gateway.url, DOGS)).text);
    expect(other).toEqual({ data: told.data });
  });

  it('bounds what an operation may ask, and says so', async () => {
    const cheap = await startGateway({
      SUPERGRAPH_PATH: files.write('s.graphql', offices.supergraph),
      ...OPEN,
      LIMIT_COST: '2',
      INTROSPECTION: 'on',
    });
    try {
      const { status, errors } = await ask(cheap.url, DOGS, { headers: { 'x-cost': '1' } });
      expect([status, errors[0]?.extensions]).toEqual([400, { code: 'LIMIT_COST', limit: 2, value: 3 }]);
      const schema = await ask(
        cheap.url,
        '{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }',
      );
      expect([schema.status, schema.errors]).toEqual([200, []]);
    } finally {
      await cheap.stop();
    }
  });
});
