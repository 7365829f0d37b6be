import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { ElementName } from './elements.js';

/**
 * The data of a resident that an operation needs of the register, so that nothing else is asked for (§ 34 (1) BMG: as
 * far as necessary). All selections of the operation count together, because one message serves all of them.
 */
export function requestedElements({ operation, fragments }: Pick<GraphQLResolveInfo, 'operation' | 'fragments'>) {
  const elements = new Set<ElementName>();
  const seen = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments[selection.name.value];
        if (fragment && !seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          visit(fragment.selectionSet);
        }
        continue;
      }
      if (selection.kind === Kind.FIELD)
        for (const element of ELEMENTS_OF_FIELD.get(selection.name.value) ?? []) elements.add(element);
      if (selection.selectionSet) visit(selection.selectionSet);
    }
  };
  visit(operation.selectionSet);
  return elements;
}

/** What another register knows a person by. */
const LINK: readonly ElementName[] = ['familyName', 'givenNames', 'dateOfBirth'];

/** By name of a field of `Resident`; `residents` needs what its order is made of. */
const ELEMENTS_OF_FIELD: ReadonlyMap<string, readonly ElementName[]> = new Map<string, readonly ElementName[]>([
  ['residents', LINK],
  ['familyName', ['familyName']],
  ['givenNames', ['givenNames']],
  ['callName', ['callName']],
  ['birthName', ['birthName']],
  ['doctorate', ['doctorate']],
  ['dateOfBirth', ['dateOfBirth']],
  ['placeOfBirth', ['placeOfBirth']],
  ['sex', ['sex']],
  ['maritalStatus', ['maritalStatus']],
  ['nationalities', ['nationalities']],
  ['currentAddress', ['currentAddress']],
  ['residences', ['currentAddress', 'formerAddresses', 'moveDates']],
  ['vehiclesLink', LINK],
  ['housingBenefitLink', LINK],
  ['vehiclesFormerly', [...LINK, 'formerAddresses']],
  ['housingBenefitFormerly', [...LINK, 'formerAddresses']],
]);
