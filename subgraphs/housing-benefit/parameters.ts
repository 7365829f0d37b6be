import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { hasFormat } from '../../lib/formats.js';
import { Euro } from './euro.js';

const decimal = z
  .string()
  .regex(/^-?[0-9]{1,9}(\.[0-9]{1,10})?$/, 'must be a decimal in quotes')
  .transform((text) => new Euro(text));
const amount = decimal.refine((value) => !value.isNegative(), 'must not be negative');
const day = z.string().refine((text) => hasFormat('date', text), 'must be a day, YYYY-MM-DD, in quotes');
const byLevel = z.array(amount).length(7);
const heating = z.strictObject({ carbon: amount, permanent: amount });

/** Members 1 to 5 have a figure of their own, each further member adds one (§ 12 WoGG). */
const byMembers = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ members: z.array(row).length(5), eachFurtherMember: row });

const parameterSet = z.strictObject({
  validFrom: day,
  nextUpdateDue: day,
  formula: z.strictObject({
    factor: amount,
    eachFurtherMember: amount,
    leastClaim: amount,
    members: z
      .array(z.strictObject({ a: decimal, b: amount, c: amount, leastRent: amount, leastIncome: amount }))
      .length(12),
  }),
  rent: z.strictObject({ maximum: byMembers(byLevel), heating: byMembers(heating), climate: byMembers(amount) }),
  rentLevels: z.record(z.string().regex(/^[0-9]{8}$/), z.int().min(1).max(7)),
});

/** The figures of the Wohngeldgesetz for a time; amounts in euros a month. Decimals are exact. */
export type ParameterSet = z.output<typeof parameterSet>;

/** Parameter sets, the latest first. */
export type ParameterSets = readonly ParameterSet[];

/**
 * Reads every `*.yaml` of a folder, one parameter set each.
 *
 * @throws Error naming the file and every problem in it; or when there is no set, or two for the same day.
 */
export function readParameterSets(folder: URL): ParameterSets {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const sets = files.map((name) => readParameterSet(name, readFileSync(new URL(name, folder), 'utf8')));
  const days = new Set(sets.map(({ validFrom }) => validFrom));
  if (sets.length === 0 || days.size < sets.length)
    throw new Error(`${folder.pathname}: one parameter set is needed for each day from which figures hold.`);
  return sets.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
}

/** @returns The set in force on a day (YYYY-MM-DD), or `null` before the first one. */
export const findParameterSet = (sets: ParameterSets, onDate: string): ParameterSet | null =>
  sets.find(({ validFrom }) => validFrom <= onDate) ?? null;

function readParameterSet(name: string, text: string): ParameterSet {
  const result = parameterSet.safeParse(parse(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The parameter set ${name} cannot be used:\n${problems.join('\n')}`);
}
