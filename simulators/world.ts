import type { Company, Person, WorldSettings } from './person.js';
import { createCalendar, yearsBetween } from './world-calendar.js';
import { drawCompany } from './world-companies.js';
import { drawHomes } from './world-homes.js';
import { createHomonyms } from './world-homonyms.js';
import { drawMembers } from './world-members.js';
import { createNumbers } from './world-numbers.js';
import { personaHouseholds } from './world-personas.js';
import { type Household, type Tools, toPersons } from './world-persons.js';
import { type Place, placesOf } from './world-places.js';
import { createRandom, type Random } from './world-random.js';

const BLOCKED_SHARE = 0.005;
const LEAVING_SHARE = 0.025;
const PEOPLE_PER_COMPANY = 40;

/**
 * The people of the simulated world, municipality by municipality in the order of their AGS, households together. All
 * of them are fictitious. The world is made while it is read: whoever needs a part of it keeps that part alone.
 *
 * Beside `size` living residents there are some who died or moved away in the last two years.
 */
export function* people(settings: WorldSettings): Generator<Person> {
  let serial = 0;
  const shared = {
    calendar: createCalendar(settings.today),
    numbers: createNumbers('people'),
    places: placesOf(settings),
    serial: () => ++serial,
  };
  const homonyms = createHomonyms();
  const personas = personaHouseholds(settings);
  let number = 0;
  for (const place of shared.places) {
    const tools = { ...shared, random: createRandom(settings.seed, 'people', place.ags) };
    let living = 0;
    const here = personas.filter((household) => household.place.ags === place.ags);
    for (let index = 0; living < place.quota; index += 1) {
      number += 1;
      const persona = here[index];
      const household = persona ? { ...persona, number, leftOn: null } : drawHousehold(place, tools, number);
      const persons = toPersons(persona ? household : homonyms.disguise(household, tools.random), tools);
      for (const person of persons) {
        if (person.diedOn === null && !person.movedAway) living += 1;
        yield person;
      }
    }
  }
}

/** The companies of the simulated world that hold vehicles, in the order of their municipalities. All are fictitious. */
export function* companies(settings: WorldSettings): Generator<Company> {
  const calendar = createCalendar(settings.today);
  const numbers = createNumbers('companies');
  let serial = 0;
  for (const place of placesOf(settings)) {
    const random = createRandom(settings.seed, 'companies', place.ags);
    const count = Math.max(1, Math.round(place.quota / PEOPLE_PER_COMPANY));
    for (let index = 0; index < count; index += 1) {
      serial += 1;
      yield drawCompany(random, place, { serial, calendar, numbers });
    }
  }
}

function drawHousehold(place: Place, tools: Tools, number: number): Household {
  const { random, calendar } = tools;
  const members = drawMembers(random, calendar.today);
  const homes = drawHomes(random, place, { ...tools, livesInCare: isInCare(members, random, calendar.today) });
  const leavingDay = calendar.today - random.int(1, 190);
  const mayLeave = homes.movedDaysAgo === null && members.every(({ birthDay }) => birthDay < leavingDay);
  const leftOn = mayLeave && random.chance(LEAVING_SHARE) ? calendar.iso(leavingDay) : null;
  return { ...homes, number, persona: null, place, members, blocked: random.chance(BLOCKED_SHARE), leftOn };
}

/** Some of the very old who live alone. */
const isInCare = (members: readonly { readonly birthDay: number }[], random: Random, today: number): boolean =>
  members.length === 1 && yearsBetween(members[0]?.birthDay ?? today, today) >= 80 && random.chance(0.25);
