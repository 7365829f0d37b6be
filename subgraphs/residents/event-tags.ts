import { personTag } from '../../lib/cache-tags.js';
import { toLinkedPerson } from '../../lib/link.js';
import type { RegisterEvent } from './event-message.js';
import type { Pseudonyms } from './pseudonyms.js';

/**
 * What caches must forget after an event: all that is about the person, by every key that leads to them, and what depends
 * on who is in the register at all: lists, and answers that say that nobody is there. A block also counts for whoever
 * was joined by a key that this register would not make, a name that lost letters elsewhere.
 */
export function tagsOf(event: RegisterEvent, { idOf, links }: Pick<Pseudonyms, 'idOf' | 'links'>): readonly string[] {
  const { kind, ags, registerKey, familyNames, givenName, dateOfBirth } = event;
  const persons =
    givenName === null || dateOfBirth === null
      ? []
      : familyNames.map((familyName) => toLinkedPerson({ familyName, givenName, dateOfBirth }));
  return [
    personTag(idOf(ags, registerKey)),
    ...persons.flatMap((person) => Object.values(links).map(({ seal }) => personTag(seal(person)))),
    `residents:${ags}`,
    ...(kind === 'address-changed' ? [] : [`blocks:${ags}`]),
  ];
}
