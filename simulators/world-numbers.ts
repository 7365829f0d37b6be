/** Numbers that are never given twice in the simulated world, however large it is, without remembering them. */
export interface Numbers {
  /** The next plate of a district code, for example `HOM AB 123`. */
  plate(code: string): string;
  /** The last seven characters of a VIN: plant and production number. */
  production(): string;
  /** Seven digits of a chassis number from before the VIN. */
  chassis(): string;
  caseNumber(district: string): string;
  /** Ten digits. */
  registerKey(serial: number): string;
}

const PLANTS = { people: 'ABCDEFGHJKLM', companies: 'NPRSTUVWXYZ' } as const;
/** Of the plates of a district code. */
const SHARES = { people: 0.9, companies: 0.1 } as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Combinations that no office gives out. */
const REFUSED = ['HJ', 'KZ', 'NS', 'SA', 'SS'];
const ONE_LETTER_NUMBERS = 9999;
const FIRST_PLATE = 424_242;

/** @param holders People and companies draw from opposite ends, so that their worlds may be made apart. */
export function createNumbers(holders: 'people' | 'companies'): Numbers {
  const plates = new Map<string, () => string>();
  const position = { production: 0, chassis: 0, cases: 0 };
  const chassisDigit = holders === 'people' ? [0, 8] : [8, 10];
  return {
    plate(code) {
      const next = plates.get(code) ?? createPlates(code, holders);
      plates.set(code, next);
      return next();
    },
    production() {
      const index = position.production++;
      const plant = PLANTS[holders][Math.floor(index / 1e6)];
      if (plant === undefined) throw new RangeError('More vehicles than VINs.');
      return plant + String((index * 618_033 + 271_828) % 1e6).padStart(6, '0');
    },
    chassis() {
      const [least = 0, end = 0] = chassisDigit;
      const space = (end - least) * 1e6;
      return String(least * 1e6 + ((position.chassis++ * 387_421) % space)).padStart(7, '0');
    },
    caseNumber: (district) =>
      `WG${district}-${String((position.cases++ * 3_141_593 + 1_618_033) % 1e7).padStart(7, '0')}`,
    registerKey: (serial) => String(1e9 + ((serial * 2_654_435_761 + 577_215_664) % 9e9)),
  };
}

/** All forms of FZV Anlage 1 that fit eight characters, in a scattered order. */
function createPlates(code: string, holders: 'people' | 'companies'): () => string {
  const twoLetterNumbers = code.length === 3 ? 999 : 9999;
  const space = LETTERS.length * ONE_LETTER_NUMBERS + LETTERS.length ** 2 * twoLetterNumbers;
  const step = coprime(611_953, space);
  let count = 0;
  return function next(): string {
    if (count >= space * SHARES[holders]) throw new RangeError(`More vehicles than plates with ${code}.`);
    const index = holders === 'people' ? count : space - 1 - count;
    count += 1;
    const letters = readIndex((index * step + FIRST_PLATE) % space, twoLetterNumbers);
    return REFUSED.some((refused) => letters.startsWith(`${refused} `)) ? next() : `${code} ${letters}`;
  };
}

function readIndex(index: number, twoLetterNumbers: number): string {
  const single = LETTERS.length * ONE_LETTER_NUMBERS;
  if (index < single) return `${LETTERS[Math.floor(index / ONE_LETTER_NUMBERS)]} ${(index % ONE_LETTER_NUMBERS) + 1}`;
  const rest = index - single;
  const pair = Math.floor(rest / twoLetterNumbers);
  const letters = `${LETTERS[Math.floor(pair / LETTERS.length)]}${LETTERS[pair % LETTERS.length]}`;
  return `${letters} ${(rest % twoLetterNumbers) + 1}`;
}

function coprime(step: number, space: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return divisor(step, space) === 1 ? step : coprime(step + 1, space);
}
