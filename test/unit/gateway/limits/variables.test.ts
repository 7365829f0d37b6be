import { describe, expect, it } from '@jest/globals';
import { readLimits } from '../../../../gateway/limits/profile.js';
import { checkVariables } from '../../../../gateway/limits/variables.js';
import { readGatewaySettings } from '../../../../gateway/settings.js';

const LIMITS = readLimits(readGatewaySettings({}));

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
};
const refused = (value: number, limit: number) =>
  expect.objectContaining({ extensions: { code: 'LIMIT_VARIABLES', value, limit } });

describe('checkVariables', () => {
  it.each([
    ['none', {}],
    ['ordinary ones', { ags: '10045114', search: { familyName: 'Sørensen', givenName: 'Ida' } }],
    ['31 levels', { v: nested(30) }],
    ['a list of 100', { v: Array.from({ length: 100 }, () => 1) }],
  ])('lets %s through', (_, variables) => expect(() => checkVariables(variables, LIMITS)).not.toThrow());

  it.each([
    ['100,000 levels', { v: nested(100_000) }, 33, 32],
    ['a list of 101', { v: Array.from({ length: 101 }, () => 1) }, 101, 100],
    ['a long text', { v: 'x'.repeat(65_536) }, 65_538, 65_536],
  ])('refuses %s', (_, variables, value, limit) =>
    expect(() => checkVariables(variables, LIMITS)).toThrow(refused(value, limit)),
  );

  it('bounds the depth even without limits', () =>
    expect(() => checkVariables({ v: nested(40) }, readLimits(readGatewaySettings({ LIMITS: 'off' })))).toThrow(
      refused(33, 32),
    ));
});
