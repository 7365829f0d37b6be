import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, type Recording, record } from '../support/browser.js';
import { startFederation, type TestFederation } from '../support/federation.js';

const SETTINGS = { PLAYGROUND: 'on', PLAYGROUND_CLIENT_ID: 'playground', INTROSPECTION: 'on' };

let federation: TestFederation;
let browser: Browser;
let context: BrowserContext;
let recording: Recording;
let page: Page;

beforeAll(async () => {
  [federation, browser] = await Promise.all([startFederation({ gateway: SETTINGS }), openBrowser()]);
}, 120_000);

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(10_000);
  recording = record(context);
  page = await context.newPage();
});

afterEach(() => context.close());

afterAll(async () => {
  await browser?.close();
  await federation?.stop();
});

const home = () => new URL('/', federation.gatewayUrl).href;
const status = () => page.getByRole('status');
const button = (name: string | RegExp) => page.getByRole('button', { name });

/** The page stands when the editor has its query and the schema has come. */
async function open(): Promise<void> {
  const schema = page.waitForResponse((response) => response.url() === federation.gatewayUrl);
  await page.goto(home());
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  expect((await schema).status()).toBe(200);
}

/** Runs the query in the editor. @returns What went out and what came back. */
async function run(): Promise<{ headers: Record<string, string>; answer: Answer }> {
  const sent = page.waitForRequest((request) => request.url() === federation.gatewayUrl);
  await button(/^Execute query/).click();
  const request = await sent;
  const response = await request.response();
  const answer = (await response?.json()) as Answer;
  const [field = ''] = Object.keys(answer.data ?? {});
  await page.locator('.result-window', { hasText: `"${field}"` }).waitFor();
  return { headers: await request.allHeaders(), answer };
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly unknown[];
  readonly extensions?: object;
}

/** @returns Serious and critical findings of axe in a part of the page, with where they are. */
async function findings(part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('the playground', () => {
  it('answers a public query without a login, and asks no other host', async () => {
    await open();
    const { answer, headers } = await run();
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.municipalities).toContainEqual(expect.objectContaining({ name: 'St. Ingbert' }));
    expect(headers.authorization).toBeUndefined();
    expect(recording.origins()).toEqual([new URL(home()).origin]);
    expect(recording.problems).toEqual([]);
  }, 60_000);

  it('signs a persona in at the identity provider and asks in their name', async () => {
    await open();
    await page.getByLabel('Persona').selectOption('residents-clerk');
    await button('Sign in').click();
    await status().filter({ hasText: 'Signed in as residents-clerk' }).waitFor();
    expect(page.url()).toBe(home());
    expect(await page.getByLabel('Purpose').inputValue()).toBe('residents.inquiry');
    await page.getByLabel('File reference').fill('BA 1/7');
    const { headers } = await run();
    expect(headers).toMatchObject({ 'x-purpose': 'residents.inquiry', 'x-file-reference': 'BA 1/7' });
    expect(headers.authorization).toMatch(/^Bearer ey/);
    const origins = [new URL(home()).origin, new URL(federation.part('identity').url).origin];
    expect(recording.origins()).toEqual(origins.sort());
    expect(recording.problems).toEqual([]);
  }, 60_000);

  it('opens an example as its persona and shows the result of three systems', async () => {
    await open();
    await button(/^My page/).click();
    await status().filter({ hasText: 'Signed in as citizen ' }).waitFor();
    await button('MyPage').waitFor();
    const { answer } = await run();
    const citizen = federation.persona('citizen');
    expect(answer).toMatchObject({
      data: {
        me: expect.objectContaining({
          familyName: citizen.familyName,
          housingBenefitCases: [expect.objectContaining({ status: 'GRANTED' })],
          vehicles: citizen.vehicles.map(({ plate }) => expect.objectContaining({ plate })),
        }),
      },
    });
    await page.locator('.result-window', { hasText: citizen.familyName }).waitFor();
  }, 60_000);

  it('fills in a municipality of the office', async () => {
    await open();
    await button(/^Find a resident/).click();
    await status().filter({ hasText: 'Signed in as residents-clerk' }).waitFor();
    await button('FindResident').waitFor();
    const { answer } = await run();
    expect(answer.data?.residents).toMatchObject({ edges: [{ node: { familyName: 'Tellerhoff' } }] });
  }, 60_000);

  it('signs out', async () => {
    await open();
    await page.getByLabel('Persona').selectOption('citizen');
    await button('Sign in').click();
    await status().filter({ hasText: 'Signed in as citizen ' }).waitFor();
    await page.getByLabel('Persona').selectOption('');
    await button('Sign out').click();
    await status().filter({ hasText: 'Nobody is signed in.' }).waitFor();
    expect((await run()).headers.authorization).toBeUndefined();
  }, 60_000);

  it('does not send a malformed file reference and says why', async () => {
    await open();
    await page.getByLabel('File reference').fill('Büro');
    await page.getByText('with at least one digit; not sent').waitFor();
    expect((await run()).headers['x-file-reference']).toBeUndefined();
  }, 60_000);

  it('keeps queries out of what the browser stores beyond the tab', async () => {
    await open();
    await run();
    expect(await page.evaluate('Object.keys(localStorage).length + document.cookie.length')).toBe(0);
  }, 60_000);

  it('shows the description of a field', async () => {
    await open();
    await button('Show Documentation Explorer').click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'me', exact: true }).click();
    await page.getByText('The signed-in citizen in their own residents register').waitFor();
  }, 60_000);
});

const insight = () => page.getByRole('complementary', { name: 'About the last answer' });

describe('beside the answer, the playground', () => {
  it('shows plan, cost, cache and requests of the last answer', async () => {
    await open();
    await insight().getByText('Run a query to see how its answer comes about.').waitFor();
    const { headers } = await run();
    expect(headers['x-explain']).toBe('1');
    await insight()
      .getByText(/^Cost \d+, 1 subgraph request$/)
      .waitFor();
    expect(await insight().getByLabel('Query plan').inputValue()).toMatch(
      /^Fetch from directory\n[\s\S]*municipalities/,
    );
    for (const title of ['Plan', 'Cost', 'Cache', 'Requests'])
      expect(await insight().getByRole('heading', { name: title, exact: true }).count()).toBe(1);
    const [row = []] = await rowsOf('In the order in which they ended');
    expect(row).toEqual(['directory', expect.stringMatching(/^[a-z]/), expect.stringMatching(/^\d+\.\d$/), 'ok']);
    expect(await page.locator('.result-window').textContent()).not.toContain('explain');
    expect(recording.origins()).toEqual([new URL(home()).origin]);
    expect(recording.problems).toEqual([]);
  }, 60_000);

  it('shows which field requires what of whom, for the persona that is signed in', async () => {
    await open();
    await button(/^My page/).click();
    await button('MyPage').waitFor();
    await run();
    await insight()
      .getByText(/subgraph requests$/)
      .waitFor();
    const plan = await insight().getByLabel('Query plan').inputValue();
    expect(plan).toContain('Resident.vehicles requires vehiclesFormerly { ags link }');
    expect(plan).not.toMatch(/127\.0\.0\.1|https?:/);
    const subgraphs = (await rowsOf('In the order in which they ended')).map(([subgraph]) => subgraph);
    expect(subgraphs).toEqual(expect.arrayContaining(['residents', 'housing-benefit', 'vehicles']));
  }, 60_000);

  it('does not ask while that is closed', async () => {
    await open();
    await run();
    await insight().getByLabel('Query plan').waitFor();
    const toggle = insight().getByRole('button', { name: 'About the last answer' });
    await toggle.press('Enter');
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    const { headers, answer } = await run();
    expect([headers['x-explain'], answer.extensions]).toEqual([undefined, undefined]);
    expect(await findings('.insight')).toEqual([]);
    await page.reload();
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    await toggle.press('Enter');
    expect(await insight().getByLabel('Query plan').count()).toBe(0);
  }, 60_000);

  it('closes and opens each part by the keyboard', async () => {
    await open();
    await run();
    const plan = insight().getByLabel('Query plan');
    await plan.waitFor();
    const part = insight().locator('summary', { hasText: 'Plan' });
    await part.press('Enter');
    await plan.waitFor({ state: 'hidden' });
    await part.press('Enter');
    await plan.waitFor();
  }, 60_000);

  it('says what was answered from a cache', async () => {
    const keeping = await startFederation({
      subgraphs: ['directory'],
      identity: false,
      gateway: { PLAYGROUND: 'on', ENTITY_CACHE: 'on', RESPONSE_CACHE: 'on' },
    });
    try {
      await page.goto(new URL('/', keeping.gatewayUrl).href);
      await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      await button(/^Execute query/).click();
      await insight()
        .getByText(/, 1 subgraph request$/)
        .waitFor();
      await button(/^Execute query/).click();
      await insight()
        .getByText(/, 0 subgraph requests$/)
        .waitFor();
      await insight().getByText('No subgraph was asked.').waitFor();
      await insight().locator('code', { hasText: /; hit/ }).waitFor();
    } finally {
      await keeping.stop();
    }
  }, 90_000);

  it('links to the map where there is one', async () => {
    await open();
    const isThere = (await fetch(new URL('/map', home()))).ok;
    expect(await page.getByRole('link', { name: 'Map of the federation' }).count()).toBe(isThere ? 1 : 0);
  }, 60_000);
});

/** Cells of the table with that caption, row by row. */
const rowsOf = async (caption: string): Promise<string[][]> => {
  const rows = await insight().getByRole('table', { name: caption }).locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('td').allTextContents()));
};

describe('for everybody, the playground', () => {
  it.each(['light', 'dark'] as const)(
    'has no serious finding of axe in the %s theme',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open();
      await run();
      const found = [await findings('body')];
      for (const panel of ['Show Documentation Explorer', 'Show Query builder']) {
        await button(panel).click();
        await button(panel.replace('Show', 'Hide')).waitFor();
        found.push(await findings('.graphiql-plugin'));
      }
      await page.getByLabel('File reference').fill('Büro');
      found.push(await findings('.bar'));
      await button('Open settings dialog').click();
      await page.getByRole('dialog').waitFor();
      found.push(await findings('[role="dialog"]'));
      expect(found.flat()).toEqual([]);
    },
    90_000,
  );

  it('is reached by the keyboard, in and out of the editor', async () => {
    await open();
    const names: string[] = [];
    for (let step = 0; step < 50; step++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate(NAME_OF_FOCUS));
    }
    const order = [
      /^Persona/,
      /^Purpose/,
      /^File reference/,
      /^Hide Examples/,
      /^My page/,
      /^Execute query/,
      /^Result/,
      /About the last answer$/,
    ];
    const steps = order.map((name) => names.findIndex((one) => name.test(one)));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(names.filter((name) => /^Persona/.test(name)).length).toBeGreaterThan(1);
  }, 60_000);

  it('builds a query with the keyboard alone', async () => {
    await open();
    await button('Show Query builder').click();
    const field = page.locator('[data-field-name="me"][role="button"]');
    await field.focus();
    await page.keyboard.press('Enter');
    await page.locator('.graphiql-query-editor', { hasText: 'me' }).waitFor();
    await page.locator('[data-field-name="familyName"][role="button"]').focus();
    await page.keyboard.press('Space');
    await page.locator('.graphiql-query-editor', { hasText: 'familyName' }).waitFor();
  }, 60_000);
});

describe('outside the demo, the playground', () => {
  it('works with a token that its user brings along, and without the schema', async () => {
    const plain = await startFederation({
      subgraphs: ['directory'],
      gateway: { PLAYGROUND: 'on', INTROSPECTION: 'off' },
    });
    try {
      await page.goto(new URL('/', plain.gatewayUrl).href);
      await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      expect(await page.getByLabel('Persona').count()).toBe(0);
      const token = await plain.tokenFor('operator');
      await page.getByLabel('Access token').fill(token);
      const sent = page.waitForRequest((request) => request.headers().authorization === `Bearer ${token}`);
      await button(/^Execute query/).click();
      expect((await (await sent).response())?.status()).toBe(200);
      await page.locator('.result-window', { hasText: '"municipalities"' }).waitFor();
    } finally {
      await plain.stop();
    }
  }, 60_000);
});

/** The accessible name of what has the focus, as far as this page needs it. */
const NAME_OF_FOCUS = `(() => {
  const element = document.activeElement;
  const label = element.labels?.[0]?.textContent;
  return label ?? element.getAttribute('aria-label') ?? element.textContent;
})()`;
