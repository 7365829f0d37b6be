import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startFederation, type TestFederation } from '../support/federation.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, body = ''] = /-d '(\{.*\})'/.exec(README) ?? [];
const [, persona = ''] = /npm run -s token -- ([\w-]+)/.exec(README) ?? [];

let federation: TestFederation;
beforeAll(async () => {
  federation = await startFederation({});
}, 120_000);
afterAll(() => federation?.stop());

const ask = async () =>
  federation.query((JSON.parse(body) as { query: string }).query, { token: await federation.tokenFor(persona) });

it('fits on one screen', () => expect(README.split('\n').length).toBeLessThanOrEqual(60));

it('has a query that shows data of three offices', async () => {
  expect(await ask()).toMatchObject({
    data: {
      me: {
        familyName: expect.any(String),
        currentAddress: { place: expect.any(String) },
        housingBenefitCases: expect.arrayContaining([{ monthlyAmountCents: expect.any(Number) }]),
        vehicles: expect.arrayContaining([{ plate: expect.any(String), make: expect.any(String) }]),
      },
    },
  });
});

it('still has a page with one office down', async () => {
  const before = await ask();
  await federation.stopPart('vehicles-spk');
  const { data, errors } = await ask();
  expect(data).toEqual({ me: { ...(before.data as { me: object }).me, vehicles: null } });
  expect(errors).toMatchObject([{ path: ['me', 'vehicles'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
});
