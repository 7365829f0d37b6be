import { describe, expect, it } from '@jest/globals';
import { createEditors } from '../../../../simulators/services/editors.js';
import { createFeed } from '../../../../simulators/services/feed.js';
import { MADE_UP_LIMIT, makeUp } from '../../../../simulators/services/made-up.js';
import { toService } from '../../../../simulators/services/stock.js';

const NOW = () => new Date('2026-03-20T10:00:00Z');
const entry = (nr: number) => ({
  nr,
  name: `Leistung ${nr}`,
  aliases: [],
  short: '',
  documents: [],
  fees: [],
  law: [],
});
const start = () =>
  createFeed(
    [1, 2, 3].map((nr) => toService(entry(nr))),
    NOW,
  );
const names = (xml = '') => [...xml.matchAll(/>(Leistung \d+|Neu)</g)].map(([, name]) => name);

describe('the feed', () => {
  it('gives the stock in pages', () => {
    const feed = start();
    const first = feed.page(0, 2);
    expect(first).toMatchObject({ anzahlObjekte: 2, naechsterIndex: 3, vollstaendig: false });
    const second = feed.page(first?.naechsterIndex ?? 0, 2);
    expect(second).toMatchObject({ anzahlObjekte: 1, naechsterIndex: 4, vollstaendig: true });
    expect([...names(first?.xzufiObjekte), ...names(second?.xzufiObjekte)]).toEqual([
      'Leistung 1',
      'Leistung 2',
      'Leistung 3',
    ]);
  });

  it('gives what has changed since, each object once, as it is now', () => {
    const feed = start();
    const editors = createEditors(feed, NOW);
    editors.publish({ key: '00000000000001', name: 'Leistung 9' });
    editors.publish({ key: '00000000000001', name: 'Neu' });
    editors.erase({ key: '00000000000002' });
    const page = feed.page(4, 10);
    expect(names(page?.xzufiObjekte)).toEqual(['Neu']);
    expect(page?.xzufiObjekte).toContain('<xzufi:loesche klasse="Leistung">');
    expect(names(feed.page(0, 10)?.xzufiObjekte)).toEqual(['Leistung 3', 'Neu']);
    expect(feed.page(page?.naechsterIndex ?? 0, 10)).toMatchObject({ anzahlObjekte: 0, vollstaendig: true });
  });

  it('knows no number that it never gave', () => expect(start().page(9, 10)).toBeNull());

  it('refuses to erase what is not there', () => {
    expect(() => createEditors(start(), NOW).erase({ key: '00000000000077' })).toThrow('there is no such object');
  });
});

describe('made-up services', () => {
  it('are all different', () => {
    const all = Array.from({ length: MADE_UP_LIMIT }, (_, index) => makeUp(index));
    expect(new Set(all.map(({ name }) => name)).size).toBe(MADE_UP_LIMIT);
    expect(MADE_UP_LIMIT).toBeGreaterThanOrEqual(10_000);
  });
});
