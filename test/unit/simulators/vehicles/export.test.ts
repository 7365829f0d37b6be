import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../../../../simulators/person.js';
import { createExporter } from '../../../../simulators/vehicles/export.js';
import { createRegister } from '../../../../simulators/vehicles/register.js';
import { people } from '../../../../simulators/world.js';

const HOMBURG = '10045114';
const WORLD = {
  municipalities: [{ ags: HOMBURG, name: 'Homburg', district: '10045' }],
  size: 50,
  seed: 1,
  today: '2026-03-20',
};
const truth: readonly Person[] = [...people(WORLD)];
const createTestRegister = () => createRegister(truth, [], new Set([HOMBURG]));
const NOW = () => new Date('2026-03-20T01:00:00Z');

describe('createExporter', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'export-')), 'new');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const lines = () => readFileSync(join(folder, 'fahrzeuge.dat'), 'latin1').split('\r\n');

  it('writes head, all vehicles and trail, and leaves nothing beside them but the inbox', async () => {
    const exporter = await createExporter(folder, createTestRegister(), NOW);
    expect(await exporter.write(null)).toBe(1);
    const vehicles = truth.flatMap((person) => person.vehicles);
    expect(vehicles.length).toBeGreaterThan(10);
    expect(lines().map((line) => line.slice(0, 2))).toEqual(['VS', ...vehicles.map(() => 'DS'), 'NS', '']);
    expect(lines().slice(1, -2)).toEqual(vehicles.map(({ vin }) => expect.stringContaining(vin)));
    expect(lines().at(-2)).toContain(String(vehicles.length).padStart(9, '0'));
    expect(readdirSync(folder).sort()).toEqual(['fahrzeuge.dat', 'inbox']);
  });

  it('numbers exports on, in all their records, also after a restart', async () => {
    const exporter = await createExporter(folder, createTestRegister(), NOW);
    await Promise.all([exporter.write(null), exporter.write(null)]);
    const restarted = await createExporter(folder, createTestRegister(), NOW);
    expect(await restarted.write(null)).toBe(3);
    expect(lines()[0]?.slice(40, 47)).toBe('0000003');
    expect(
      new Set(
        lines()
          .slice(1, -2)
          .map((line) => line.slice(248, 255)),
      ),
    ).toEqual(new Set(['0000003']));
    expect(lines().at(-2)?.slice(19, 26)).toBe('0000003');
  });

  it('may write one that is older than the last, and then goes on from there', async () => {
    const exporter = await createExporter(folder, createTestRegister(), NOW);
    await exporter.write(null);
    await exporter.write(null);
    expect(await exporter.write('older')).toBe(1);
    expect(await exporter.write(null)).toBe(3);
  });

  it('may remove the file', async () => {
    const exporter = await createExporter(folder, createTestRegister(), NOW);
    await exporter.write(null);
    await exporter.write('removed');
    expect(existsSync(join(folder, 'fahrzeuge.dat'))).toBe(false);
  });
});

describe('createRegister', () => {
  const holder = truth.find(({ vehicles, blocked }) => vehicles.length > 1 && !blocked) as Person;
  const flags = (register: ReturnType<typeof createTestRegister>) => {
    const text = Buffer.concat([...register.lines(1)]).toString('latin1');
    const own = text.split('\r\n').filter((line) => holder.vehicles.some(({ vin }) => line.includes(vin)));
    return own.map((line) => line.charAt(247));
  };

  it('sets and lifts the block of a holder in all their records', () => {
    const register = createTestRegister();
    const { ags, registerKey, vehicles } = holder;
    expect(register.setBlock({ ags, registerKey }, true)).toBe(vehicles.length);
    expect(new Set(flags(register))).toEqual(new Set(['J']));
    expect(register.setBlock({ ags, registerKey }, false)).toBe(vehicles.length);
    expect(new Set(flags(register))).toEqual(new Set(['N']));
  });

  it('has nothing to set for a person who holds no vehicle here', () => {
    const register = createTestRegister();
    expect(register.setBlock({ ags: HOMBURG, registerKey: 'unknown' }, true)).toBe(0);
    expect(register.setBlock({ ags: '10041100', registerKey: holder.registerKey }, true)).toBe(0);
  });

  it('leaves out vehicles of other offices', () => {
    expect(createRegister(truth, [], new Set(['10041100'])).count).toBe(0);
  });
});
