import { z } from 'zod';

/** Every problem of the settings at once; a program that throws this must not start. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/**
 * Reads settings from the environment. Empty values count as unset.
 *
 * @throws SettingsError naming every variable that is missing or malformed, never its value.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<z.ZodObject<Shape>>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = z.object(shape).safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map(({ code, path: [name = ''], message }) => {
    // What is not there has no form that could be wrong.
    const isMissing = code === 'invalid_type' && !Object.hasOwn(given, name);
    return `${String(name)}: ${isMissing ? 'needed' : message}`;
  });
  throw new SettingsError(problems);
}

/** A whole number between `least` and `most`, given as text. */
export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int()
    .min(least)
    .max(most);

export const port = () => wholeNumber(0, 65535);
export const onOff = () => z.enum(['on', 'off']);
