import { expect, it } from '@jest/globals';
import { buildSchema, parse, print, stripIgnoredCharacters } from 'graphql';
import { completeKeys } from '../../../../gateway/plan/complete-keys.js';

const schema = buildSchema(`
  type Query { person: Person place: Place thing: Thing any: Any wrapped: Page secret: Secret }
  type Person implements Thing { ags: String! id: ID! name: String home: Home place: Place friend: Person }
  type Home { street: String }
  type Place implements Thing { ags: String! name: String }
  type Secret { id: ID! name: String place: Place }
  interface Thing { name: String }
  union Any = Person | Place
  type Page { nodes: [Person] }
`);
const registers = {
  registers: new Map(
    ['Person.id', 'Person.name', 'Person.home', 'Home.street', 'Person.friend', 'Secret.id'].map((field) => [
      field,
      'people',
    ]),
  ),
  keys: new Map([
    ['Person', ['ags', 'id']],
    ['Place', ['ags']],
    ['Secret', ['id']],
  ]),
};
const complete = (text: string): string =>
  stripIgnoredCharacters(print(completeKeys(parse(text), { schema, registers })));

it.each([
  ['an entity with a personal field', '{person{name}}', '{person{name ags id}}'],
  ['one that has its key already', '{person{id name}}', '{person{id name ags}}'],
  ['one whose parts alone are personal', '{person{home{street}}}', '{person{home{street}ags id}}'],
  ['nothing of an entity that is public', '{place{name}}', '{place{name}}'],
  ['nothing where only public fields are asked', '{person{place{name}}}', '{person{place{name}}}'],
  ['an entity of which not even the key is public', '{secret{__typename}}', '{secret{__typename id}}'],
  ['an entity inside of another', '{person{friend{name}}}', '{person{friend{name ags id}ags id}}'],
  ['an entity in a page', '{wrapped{nodes{name}}}', '{wrapped{nodes{name ags id}}}'],
  ['what an interface may hide', '{thing{name}}', '{thing{name...on Person{ags id}}}'],
  [
    'a member of a union',
    '{any{...on Person{name}...on Place{name}}}',
    '{any{...on Person{name}...on Place{name}...on Person{ags id}}}',
  ],
  ['through a fragment', '{person{...f}}fragment f on Person{name}', '{person{...f ags id}}fragment f on Person{name}'],
])('completes %s', (_, text, expected) => {
  expect(complete(text)).toBe(stripIgnoredCharacters(expected));
});
