import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { OFFICES, ROLES, TRUST_LEVELS } from '../../lib/caller.js';

/** Way to a claim: names separated by dots, or a list of names where one holds a dot itself. */
const path = z.union([
  z
    .string()
    .min(1)
    .transform((text) => text.split('.')),
  z.array(z.string().min(1)).min(1),
]);

/** A claim whose values are translated; of a list of values the first that the table names counts. */
const translated = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.strictObject({ claim: path, values: z.record(z.string(), z.enum(words)) });

/** Where the facts about a caller stand in a token, and what their values mean here. */
const MAPPING = z.strictObject({
  subject: path,
  role: translated(ROLES),
  office: translated(OFFICES).optional(),
  municipalities: path.optional(),
  trustLevel: translated(TRUST_LEVELS).optional(),
  purpose: path.optional(),
  account: z
    .strictObject({
      familyName: path,
      givenNames: path,
      dateOfBirth: path,
      street: path,
      houseNumber: path,
      postalCode: path,
      place: path,
    })
    .optional(),
});

export type Mapping = z.output<typeof MAPPING>;

const itself = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<string, Word>;

/** The claims of the demo identity provider: those of OpenID Connect, and `role`, `office`, `ags`. */
export const DEFAULT_MAPPING: Mapping = MAPPING.parse({
  subject: 'sub',
  role: { claim: 'role', values: itself(ROLES) },
  office: { claim: 'office', values: itself(OFFICES) },
  municipalities: 'ags',
  trustLevel: {
    claim: 'acr',
    values: { 'STORK-QAA-Level-1': 'normal', 'STORK-QAA-Level-3': 'substanziell', 'STORK-QAA-Level-4': 'hoch' },
  },
  purpose: 'purpose',
  account: {
    familyName: 'family_name',
    givenNames: 'given_name',
    dateOfBirth: 'birthdate',
    street: 'address.street',
    houseNumber: 'address.house_number',
    postalCode: 'address.postal_code',
    place: 'address.locality',
  },
});

/** @throws Error naming every field that does not fit, never its value. */
export const readMappingFile = (file: string): Mapping => readMapping(parse(readFileSync(file, 'utf8')));

/** @throws As `readMappingFile`. */
export function readMapping(given: unknown): Mapping {
  const result = MAPPING.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The identity mapping cannot be used:\n${problems.join('\n')}`);
}
