import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, type Recording, record } from '../support/browser.js';
import { type GatewayProcess, startGateway } from '../support/gateway-process.js';

jest.setTimeout(120_000);

const COOPERATION = 'examples/cooperations/rhein-kreis-neuss.yaml';

let gateway: GatewayProcess;
let browser: Browser;
let context: BrowserContext;
let recording: Recording;
let page: Page;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([
    startGateway({ PLAYGROUND: 'on', COOPERATION_PATH: COOPERATION }),
    openBrowser(),
  ]);
}, 120_000);
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(30_000);
  recording = record(context);
  page = await context.newPage();
  await page.goto(`${gateway.origin}/map`);
  await page.locator('#health', { hasText: /instances are/ }).waitFor();
});
afterEach(() => context.close());
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

describe('the map', () => {
  it('shows subgraphs, providers, municipalities and who owns which type', async () => {
    for (const text of ['residents', 'vehicles', 'Municipality', 'Resident'])
      expect(await page.locator('svg [data-id]', { hasText: text }).count()).toBeGreaterThan(0);
    expect(await page.locator('tbody tr', { hasText: 'Dormagen' }).count()).toBeGreaterThan(0);
    expect(await page.locator('tbody tr', { hasText: 'Resident.vehicles' }).textContent()).toContain('vehicles');
  });

  it('says whether each instance is asked', async () => {
    expect(await page.locator('#health').textContent()).toBe('All instances are up.');
    expect(await page.locator('td.health', { hasText: 'up' }).count()).toBeGreaterThan(3);
  });

  it('is searched, and reached by keyboard alone', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.keyboard.type('vehicles');
    await page.locator('#found', { hasText: /\d+ of \d+ boxes/ }).waitFor();
    expect(await page.locator('svg [data-id].dim').count()).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    const focused = await page.evaluate(
      'document.activeElement.textContent + document.activeElement.getAttribute("aria-label")',
    );
    expect(focused).toMatch(/vehicles/i);
  });

  it('has no serious finding of axe', async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html.slice(0, 120)}`);
    expect(found.filter((text) => /^(serious|critical)/.test(text))).toEqual([]);
  });

  it('asks nobody else, and breaks no policy', async () => {
    expect(recording.origins()).toEqual([gateway.origin]);
    expect(recording.problems).toEqual([]);
  });
});

describe('without the playground', () => {
  it('there is no map', async () => {
    const quiet = await startGateway({});
    expect((await fetch(`${quiet.origin}/map`)).status).toBe(404);
    await quiet.stop();
  });
});
