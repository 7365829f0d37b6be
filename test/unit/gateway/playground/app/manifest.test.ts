import { describe, expect, it } from '@jest/globals';
import { competenceOf, fillVariables } from '../../../../../gateway/playground/app/manifest.js';

const MUNICIPALITIES = ['10041100', '10045114', '10045117'];
const tokenOf = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;

describe('fillVariables', () => {
  it.each([
    ['the municipality itself', ['10045117'], '10045117'],
    ['the first one of a district', ['10045*'], '10045114'],
    ['any one without competence', [], '10041100'],
    ['any one for a competence elsewhere', ['05162004'], '10041100'],
  ])('puts in %s', (_, competence, ags) => {
    const variables = { ags: '<ags>', key: '<ags>000__', input: { list: ['<ags>', 'x'], size: 3, none: null } };
    expect(fillVariables(variables, MUNICIPALITIES, competence)).toEqual({
      ags,
      key: `${ags}000__`,
      input: { list: [ags, 'x'], size: 3, none: null },
    });
    expect(variables.ags).toBe('<ags>');
  });

  it('leaves the place empty where there is no municipality', () => {
    expect(fillVariables({ ags: '<ags>' }, [], [])).toEqual({ ags: '' });
  });
});

describe('competenceOf', () => {
  it.each([
    ['a list', tokenOf({ ags: ['10045*', '10041100'] }), ['10045*', '10041100']],
    ['a payload that needs the URL alphabet', tokenOf({ ags: ['10045*'], name: 'Ñ?>~ÿ' }), ['10045*']],
    ['no claim', tokenOf({ sub: 'x' }), []],
    ['a claim of another form', tokenOf({ ags: '10045114' }), []],
    ['no token', '', []],
    ['something else', 'a.b.c', []],
  ])('reads %s', (_, token, expected) => {
    expect(competenceOf(token)).toEqual(expected);
  });
});
