import type { HomeAt, OwnedVehicle } from './person.js';
import type { Calendar } from './world-calendar.js';
import type { Numbers } from './world-numbers.js';
import type { Random } from './world-random.js';
import { ELECTRIC_MODELS, EMISSION_KEYS, MAKES, type Make, OLDTIMERS } from './world-vehicle-models.js';

/** What the office knows of the holder when it registers a vehicle. */
export interface Holder {
  readonly officeAgs: string;
  readonly plateCodes: readonly string[];
  readonly holderFamilyName: string;
  readonly holderHome: HomeAt;
}

/** VIN characters: A to Z without I, O and Q, and digits. */
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
/** Position 10 of the VIN by model year, from 1980 on, again every thirty years. */
const MODEL_YEARS = 'ABCDEFGHJKLMNPRSTVWXY123456789';
const LONGEST_PLATE = 8;

/** @param isKept A persona's first vehicle: ordinary and registered, so that a demonstration always has one. */
export function drawVehicle(
  random: Random,
  holder: Holder,
  parts: { readonly calendar: Calendar; readonly numbers: Numbers; readonly isKept?: boolean },
): OwnedVehicle {
  const { calendar, numbers } = parts;
  const isOld = !parts.isKept && random.chance(0.02);
  const ageDays = isOld ? random.int(30 * 365, 65 * 365) : 30 + Math.floor(22 * 365 * random.next() ** 1.6);
  const firstRegistration = calendar.iso(calendar.today - ageDays);
  const year = Number(firstRegistration.slice(0, 4));
  const make = drawMake(random, isOld ? OLDTIMERS : MAKES);
  const model = random.pick(make.models);
  const fuel = drawFuel(random, model, year);
  const plate = numbers.plate(random.chance(0.88) ? (holder.plateCodes[0] ?? '') : random.pick(holder.plateCodes));
  const status = random.next();
  return {
    officeAgs: holder.officeAgs,
    vin: drawVin(random, { make, year, numbers }),
    plate: withSuffix(plate, isOld ? 'H' : fuel === 'E' && random.chance(0.8) ? 'E' : ''),
    make: make.make,
    model,
    firstRegistration,
    inspectionDue: drawInspection(random, calendar, ageDays),
    status: parts.isKept || status < 0.93 ? 'Z' : status < 0.99 ? 'A' : 'U',
    fuel,
    emissionKey: drawEmissionKey(random, fuel, year),
    holderFamilyName: holder.holderFamilyName,
    holderHome: holder.holderHome,
  };
}

function drawMake(random: Random, makes: readonly Make[]): Make {
  let left = random.next() * makes.reduce((sum, { weight }) => sum + weight, 0);
  for (const make of makes) {
    left -= make.weight;
    if (left < 0) return make;
  }
  return random.pick(makes);
}

function drawFuel(random: Random, model: string, year: number): 'B' | 'D' | 'E' {
  if (ELECTRIC_MODELS.includes(model)) return 'E';
  if (year >= 2018 && random.chance(0.12)) return 'E';
  return random.chance(year < 1985 ? 0.08 : 0.32) ? 'D' : 'B';
}

/** Seventeen characters; before 1981 makers wrote shorter numbers of their own. */
function drawVin(random: Random, from: { make: Make; year: number; numbers: Numbers }): string {
  if (from.year < 1981) return `${drawText(random, random.int(0, 4), '0123456789')}${from.numbers.chassis()}`;
  const modelYear = MODEL_YEARS[(from.year - 1980) % MODEL_YEARS.length];
  return `${from.make.wmi}${drawText(random, 6, VIN_LETTERS)}${modelYear}${from.numbers.production()}`;
}

function drawText(random: Random, length: number, letters: string): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += letters[random.int(0, letters.length - 1)];
  return text;
}

/** Historic (§ 10 FZV) and electric (§ 11 FZV) vehicles, where the plate has room for the letter. */
const withSuffix = (plate: string, suffix: string): string =>
  plate.replaceAll(' ', '').length + suffix.length > LONGEST_PLATE ? plate : plate + suffix;

/** The next main inspection: three years after the first registration, then every two; a few are late. */
function drawInspection(random: Random, calendar: Calendar, ageDays: number): string {
  const months = Math.floor(ageDays / 30.44);
  const next = months < 36 ? 36 - months : 24 - ((months - 36) % 24);
  const due = random.chance(0.04) ? -random.int(0, 3) : next;
  return calendar.iso(calendar.monthStart(calendar.today, due)).slice(0, 7);
}

function drawEmissionKey(random: Random, fuel: 'B' | 'D' | 'E', year: number): string {
  const [, keys] = EMISSION_KEYS[fuel].find(([lastYear]) => year <= lastYear) ?? [0, ['00']];
  return random.pick(keys);
}
