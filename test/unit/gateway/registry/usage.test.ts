import { expect, it } from '@jest/globals';
import { type DocumentNode, type OperationDefinitionNode, parse } from 'graphql';
import { createUsageRecorder } from '../../../../gateway/registry/usage.js';
import type { Log } from '../../../../lib/log.js';
import type { Usage } from '../../../../lib/registry/store.js';

const LOG: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const operation = (text: string, index = 0) => {
  const document: DocumentNode = parse(text);
  return { document, definition: document.definitions[index] as OperationDefinitionNode };
};

const recorder = (clock = { now: Date.parse('2026-03-01T12:00:00Z') }) => {
  const written: { day: string; usage: Usage }[] = [];
  const usage = createUsageRecorder({
    store: { writeUsage: async (day, _writer, counted) => void written.push({ day, usage: counted }) },
    log: LOG,
    now: () => clock.now,
  });
  return { ...usage, written, clock };
};

it('counts operations by client, without any value of theirs', async () => {
  const { count, close, written } = recorder();
  const search = operation(
    'query S { residents(ags: "10045114", search: { familyName: "Geheim" }, first: 7) { edges { cursor } } }',
  );
  count(search, 'portal');
  count(search, 'portal');
  count(search, null);
  count(search, 'a name\nwith a line');
  await close();
  expect(written).toHaveLength(1);
  const [used] = Object.values(written[0]?.usage ?? {});
  expect(used).toMatchObject({ operationName: 'S', clients: { portal: 2, '-': 2 } });
  expect(used?.text).toContain('residents(ags: "", search: {familyName: ""}, first: 0)');
  expect(JSON.stringify(written)).not.toMatch(/Geheim|10045114/);
});

it('counts equal operations together although their values differ', async () => {
  const { count, close, written } = recorder();
  count(operation('{ vehicle(ags: "1") { vin } }'), 'a');
  count(operation('{ vehicle(ags: "2") { vin } }'), 'a');
  await close();
  expect(Object.values(written[0]?.usage ?? {})).toMatchObject([{ clients: { a: 2 } }]);
});

it('keeps of a document only the operation that was sent, with its fragments', async () => {
  const { count, close, written } = recorder();
  count(operation('query A { a ...F } query B { b } fragment F on Query { f }'), 'x');
  await close();
  const [used] = Object.values(written[0]?.usage ?? {});
  expect(used?.text).toMatch(/query A/);
  expect(used?.text).toMatch(/fragment F/);
  expect(used?.text).not.toMatch(/query B/);
});

it('begins anew each day, and writes nothing where nothing was sent', async () => {
  const { count, close, written, clock } = recorder();
  count(operation('{ a }'), 'x');
  clock.now += 86_400_000;
  count(operation('{ b }'), 'x');
  await close();
  expect(written.map(({ day, usage }) => [day, Object.values(usage).map(({ text }) => text)])).toEqual([
    ['2026-03-01', ['{\n  a\n}']],
    ['2026-03-02', ['{\n  b\n}']],
  ]);
  const quiet = recorder();
  await quiet.close();
  expect(quiet.written).toEqual([]);
});

it('keeps no more text than fits, whoever thinks up operations, and goes on counting those it knows', async () => {
  const { count, close, written } = recorder();
  const long = (index: number) => operation(`{ a${index}: ${'x'.repeat(100_000)} }`);
  for (let index = 0; index < 50; index++) count(long(index), 'x');
  count(long(0), 'x');
  await close();
  const used = Object.values(written[0]?.usage ?? {});
  expect(used.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(4_000_000);
  expect(used.length).toBe(39);
  expect(used[0]?.clients).toEqual({ x: 2 });
});
