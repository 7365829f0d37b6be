import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, type OperationDefinitionNode, parse } from 'graphql';
import { readConstraints } from '../../../../gateway/limits/constraints.js';
import { createCheckGuesses, GUESS_WINDOW_SECONDS } from '../../../../gateway/limits/guesses.js';
import { createReadPersonSearches } from '../../../../gateway/limits/person-searches.js';
import type { AppError } from '../../../../lib/errors.js';
import { vehicleClerk } from '../../../support/callers.js';

const WORDS = 'schema @link(url: "https://fachverbund.example/words/v1.0", import: ["@constraint"]) { query: Query }';
const DOCUMENT = parse(`${WORDS}
  input Search { family: String! @constraint(format: "person-name") given: String! @constraint(format: "person-name") born: String }
  type Query {
    find(ags: String!, search: Search!, first: Int, after: String): Int
    named(ags: String, name: String @constraint(format: "person-name"), street: String): Int
    car(plate: String): Int
  }`);
const SCHEMA = buildASTSchema(DOCUMENT, { assumeValidSDL: true });
const read = createReadPersonSearches(readConstraints(DOCUMENT));

const operation = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  return { schema: SCHEMA, document, definition: document.definitions[0] as OperationDefinitionNode, variables };
};
const find = (search: string, rest = '') => operation(`{ find(ags: "1", search: { ${search} }${rest}) }`);

describe('readPersonSearches', () => {
  it('tells the person from what is guessed', () => {
    expect(read(find('family: "Tellerhoff", given: "Björn", born: "1976"'))).toEqual([
      { person: 'ags=1&search.family=EFHLORT&search.given=BEJNOR', guess: 'search.born="1976"' },
    ]);
    expect(read(operation('{ named(name: "Ada", street: "Weg") }'))).toEqual([
      { person: 'name=AD', guess: 'street="Weg"' },
    ]);
  });

  it('knows a person by every spelling and order of the names', () => {
    const spellings = [
      'family: "Søren-sen", given: "Anna  Maria"',
      'family: "SOERENSEN", given: "maria anna"',
      'family: "Sø ren sen", given: "Anna Maria Anna"',
      'family: "Sørensen .", given: "- Anna Maria\u200b . ."',
    ];
    const persons = spellings.map((search) => read(find(search))?.[0]?.person);
    expect(new Set(persons).size).toBe(1);
    expect(persons).not.toContain(read(find('family: "Sørensen", given: "Anna"'))?.[0]?.person);
  });

  it('reads variables and their defaults', () => {
    const text =
      'query ($s: Search!, $b: String = "1980") { find(ags: "1", search: $s) x: named(name: "A", street: $b) }';
    const searches = read(operation(text, { s: { family: 'A', given: 'B', born: '1' } }));
    expect(searches?.map(({ guess }) => guess)).toEqual(['search.born="1"', 'street="1980"']);
  });

  it('takes pages of one search for one guess', () => {
    const born = 'family: "A", given: "B", born: "1"';
    expect(read(find(born, ', first: 2, after: "x"'))).toEqual(read(find(born)));
  });

  it('finds nobody where nobody is searched for', () => {
    expect(read(operation('{ car(plate: "HOM AB 1") }'))).toBeNull();
  });
});

describe('checkGuesses', () => {
  let now = 0;
  const create = (most: number) =>
    createCheckGuesses({ most, read, nameOf: (text) => text, shared: null, now: () => now });
  const guessing =
    (check: ReturnType<typeof create>, subject = 'clerk') =>
    async (born: number, family = 'A') => {
      const caller = { ...vehicleClerk('1'), subject };
      return check(find(`family: "${family}", given: "B", born: "${born}"`), { caller })?.then(
        () => 'in',
        (error: AppError) => [error.code, error.extensions['retryAfterSeconds']],
      );
    };
  const REFUSED = ['RATE_LIMITED', GUESS_WINDOW_SECONDS];

  it('counts different guesses, closes the person for the caller, and opens it later', async () => {
    const check = create(2);
    const guess = guessing(check);
    expect([await guess(1), await guess(1), await guess(2), await guess(1)]).toEqual(['in', 'in', 'in', 'in']);
    expect([await guess(3), await guess(1)]).toEqual([REFUSED, REFUSED]);
    expect([await guess(1, 'Other'), await guessing(check, 'colleague')(3)]).toEqual(['in', 'in']);
    now += GUESS_WINDOW_SECONDS * 1000;
    expect(await guess(3)).toBe('in');
  });

  it('counts aliases one by one', async () => {
    const aliases = [1, 2, 3].map((born) => `a${born}: named(name: "A", street: "${born}")`);
    const asked = create(2)(operation(`{ ${aliases.join(' ')} }`), { caller: null });
    await expect(asked).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});
