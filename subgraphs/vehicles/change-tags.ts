import { entityTag, personTag, typeTag } from '../../lib/cache-tags.js';
import { type Linker, toLinkedPerson } from '../../lib/link.js';
import type { Vehicle } from './record.js';

/** What caches must forget of a vehicle, as it was or as it is now: the record, lists, and its holder's vehicles. */
export const tagsOfVehicle = ({ ags, vin, plate, holder }: Vehicle, linker: Linker): readonly string[] => [
  entityTag('Vehicle', { ags, vin }),
  entityTag('Vehicle', { ags, plate }),
  `vehicles:${ags}`,
  ...(holder === null ? [] : [personTag(linker.seal(toLinkedPerson(holder)))]),
];

/** Where nobody knows which records differ. Who has moved away is a resident of a municipality that is not served here. */
export const TAGS_OF_ALL: readonly string[] = [typeTag('Vehicle'), typeTag('Resident')];
