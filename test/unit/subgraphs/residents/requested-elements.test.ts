import { describe, expect, it } from '@jest/globals';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { requestedElements } from '../../../../subgraphs/residents/requested-elements.js';

const LINK = ['dateOfBirth', 'familyName', 'givenNames'];

describe('requestedElements', () => {
  it.each([
    ['nothing but the key', '{ me { ags id asOf municipality { ags } } }', []],
    ['a field', '{ me { sex } }', ['sex']],
    ['an alias', '{ me { geschlecht: sex } }', ['sex']],
    ['an address', '{ me { currentAddress { place } } }', ['currentAddress']],
    ['residences', '{ me { residences { isCurrent } } }', ['currentAddress', 'formerAddresses', 'moveDates']],
    ['a link', '{ me { vehiclesLink } }', LINK],
    ['former links', '{ me { housingBenefitFormerly { ags } } }', [...LINK, 'formerAddresses'].sort()],
    ['a list, for its order', '{ residents { edges { node { id } } } }', LINK],
    ['an inline fragment', '{ _entities { ... on Resident { doctorate } } }', ['doctorate']],
    ['fragments in each other', '{ me { ...A } } fragment A on R { ...B } fragment B on R { callName }', ['callName']],
    ['a fragment used twice', '{ me { ...A } you: me { ...A } } fragment A on R { callName }', ['callName']],
    ['all selections together', '{ me { sex } resident { nationalities } }', ['nationalities', 'sex']],
  ])('of %s', (_, text, elements) => {
    const { definitions } = parse(text);
    const operation = definitions[0] as OperationDefinitionNode;
    const fragments = Object.fromEntries(
      definitions
        .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
    expect([...requestedElements({ operation, fragments })].sort()).toEqual(elements);
  });
});
