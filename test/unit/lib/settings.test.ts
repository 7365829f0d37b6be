import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { onOff, port, readSettings, type SettingsError } from '../../../lib/settings.js';

const SHAPE = {
  NAME: z.string(),
  PORT: port().default(4000),
  SWITCH: onOff().default('on'),
  NOTE: z.string().optional(),
};

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readSettings(SHAPE, env);
    return [];
  } catch (error) {
    return (error as SettingsError).problems;
  }
};

it('takes what is set, and the defaults for what is not; empty is unset', () =>
  expect(readSettings(SHAPE, { NAME: 'a', PORT: '', OTHER: 'x' })).toEqual({ NAME: 'a', PORT: 4000, SWITCH: 'on' }));

it.each([
  ['what is needed and missing', {}, ['NAME: needed']],
  ['a number out of range', { NAME: 'a', PORT: '70000' }, [expect.stringMatching(/^PORT: .*65535/)]],
  ['another word than those known', { NAME: 'a', SWITCH: 'maybe' }, [expect.stringMatching(/^SWITCH: .*"on"/)]],
  ['all at once', { PORT: 'x' }, ['NAME: needed', 'PORT: must be a whole number from 0 to 65535']],
])('names %s', (_, env, problems) => expect(problemsOf(env)).toEqual(problems));

it('never says a value', () => expect(String(problemsOf({ NAME: 'a', PORT: 'geheim' }))).not.toContain('geheim'));
