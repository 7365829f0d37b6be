import { describe, expect, it } from '@jest/globals';
import { findBreaking } from '../../../../../cli/subgraph/check/breaking.js';

const TODAY = '2026-11-22';
const BEFORE =
  'type Query { tree: Tree fee: Int @deprecated(reason: "Use feeCents. Until 2026-12-31.") }\ntype Tree { kind: String }';
const ask = (text: string) => ({ one: { text, operationName: null, clients: { portal: 2, app: 1 } } });
const look = async (after: string, { text = '{ __typename }', today = TODAY } = {}) =>
  findBreaking([{ subgraph: 'trees', sdl: after }], { before: BEFORE, after, usage: ask(text), today });
const brief = (findings: Awaited<ReturnType<typeof look>>) =>
  findings.map(({ code, severity, place }) => [code, severity, place?.line ?? null]);

describe('a change of a schema', () => {
  it('that changes nothing is no finding', async () => expect(await look(BEFORE)).toEqual([]));

  it('that takes what is in use is an error, with the line of the type it is gone from', async () =>
    expect(brief(await look(BEFORE.replace('kind', 'species'), { text: '{ tree { kind } }' }))).toEqual([
      ['BREAKING_CHANGE', 'error', 2],
      ['OPERATION_BROKEN', 'error', null],
    ]));

  it('that changes the type of what is in use is an error, with its line', async () =>
    expect(brief(await look(BEFORE.replace('kind: String', '\n kind: Int'), { text: '{ tree { kind } }' }))).toEqual([
      ['BREAKING_CHANGE', 'error', 3],
    ]));
});

describe('what is deprecated', () => {
  it('is told with who still uses it', async () => {
    const [finding, ...rest] = await look(BEFORE, { text: '{ fee }' });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: 'DEPRECATED_IN_USE',
      severity: 'warning',
      what: 'Query.fee is deprecated, until 2026-12-31, and in use.',
      why: 'In use by app, portal.',
      place: { line: 1 },
    });
  });

  const without = BEFORE.replace(/fee.*\)/, '');
  it.each([
    ['on the day', '2026-12-31', ['UNUSED_CHANGE', 'DEPRECATION_WINDOW']],
    ['after it', '2027-01-01', ['UNUSED_CHANGE']],
  ])('stays until its last day, in use or not: %s', async (_, today, codes) =>
    expect((await look(without, { today })).map(({ code }) => code)).toEqual(codes),
  );
});
