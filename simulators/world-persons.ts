import { GERMAN_BIRTH_PLACES } from './names-german.js';
import type { BenefitFacts, HomeAt, OwnedVehicle, Person } from './person.js';
import { drawBenefit } from './world-benefit.js';
import { type Calendar, dayOf, yearsBetween } from './world-calendar.js';
import { type Homes, homesOf } from './world-homes.js';
import type { Member } from './world-members.js';
import type { Numbers } from './world-numbers.js';
import type { Place } from './world-places.js';
import type { Random } from './world-random.js';
import { drawVehicle, type Holder } from './world-vehicles.js';

/** What the members of a household have in common. */
export interface Household extends Homes {
  readonly number: number;
  readonly persona: string | null;
  readonly place: Place;
  readonly members: readonly Member[];
  readonly blocked: boolean;
  /** Day on which all of them left the cooperation, or `null`. */
  readonly leftOn: string | null;
}

export interface Tools {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly numbers: Numbers;
  readonly places: readonly Place[];
  /** The next number of a person in the world. */
  serial(): number;
}

/** After a death or a removal the office learns of it within this time. */
const OFFICE_LAG_DAYS = 60;
const CASE_SHARE = 0.035;
/** A new home is a frequent occasion. */
const CASE_SHARE_OF_NEWCOMERS = 0.15;

/** Makes persons with all they own of the members of a household, the persona or an adult first. */
export function toPersons(household: Household, tools: Tools): Person[] {
  const { random } = tools;
  const isNew = household.movedDaysAgo !== null && household.movedDaysAgo <= 180;
  const hasCase = household.persona !== null || random.chance(isNew ? CASE_SHARE_OF_NEWCOMERS : CASE_SHARE);
  return household.members.map((member, index) => {
    const persona = index === 0 ? household.persona : null;
    const diedOn = persona === null ? drawDeath(member, household, tools) : null;
    const owner = { member, household, diedOn, isKept: persona !== null };
    const serial = tools.serial();
    return {
      serial,
      ags: household.place.ags,
      registerKey: tools.numbers.registerKey(serial),
      familyName: member.familyName.normalize('NFC'),
      givenNames: member.givenNames,
      callName: (persona === null && random.chance(0.1) ? member.givenNames[1] : null) ?? member.givenNames[0] ?? '',
      birthName: member.birthName,
      doctorate: persona === null && member.isAdult && random.chance(0.012) ? 'Dr.' : null,
      dateOfBirth: persona ? tools.calendar.iso(member.birthDay) : drawKnownBirth(member, tools),
      placeOfBirth: persona ? household.place.name : drawBirthPlace(member, household.place, tools),
      sex: member.sex,
      maritalStatus: member.maritalStatus,
      nationalities: drawNationalities(member, random),
      residences: residencesOf(member, { household, diedOn, tools }),
      blocked: household.blocked,
      diedOn,
      movedAway: household.leftOn !== null,
      household: household.number,
      vehicles: drawVehicles(owner, tools),
      housingBenefit: hasCase && index === 0 ? drawCase(owner, tools) : null,
      persona,
    };
  });
}

interface Owner {
  readonly member: Member;
  readonly household: Household;
  readonly diedOn: string | null;
  readonly isKept: boolean;
}

function drawDeath(member: Member, household: Household, { random, calendar }: Tools): string | null {
  const age = yearsBetween(member.birthDay, calendar.today);
  const rate = age < 50 ? 0.001 : age < 70 ? 0.012 : 0.07;
  if (household.leftOn !== null || household.persona !== null || !random.chance(rate)) return null;
  const livedHereFrom = Math.max(member.birthDay, dayOf(household.homes[0].movedIn));
  return calendar.iso(calendar.today - random.int(0, Math.min(2 * 365, calendar.today - livedHereFrom)));
}

/** One in two hundred adults knows no more than the month or the year of their birth. */
function drawKnownBirth({ birthDay, isAdult }: Member, { random, calendar }: Tools): string {
  const full = calendar.iso(birthDay);
  if (!isAdult || !random.chance(0.006)) return full;
  return full.slice(0, random.chance(0.5) ? 4 : 7);
}

function drawBirthPlace({ origin, isAdult }: Member, place: Place, { random, places }: Tools): string {
  if (origin && random.chance(isAdult ? 0.7 : 0.1)) return random.pick(origin.birthPlaces).normalize('NFC');
  const draw = random.next();
  if (draw < 0.45) return place.name;
  return draw < 0.7 ? random.pick(places).name : random.pick(GERMAN_BIRTH_PLACES);
}

function drawNationalities({ origin }: Member, random: Random): readonly string[] {
  if (origin === null) return random.chance(0.01) ? ['DE', 'US'] : ['DE'];
  const draw = random.next();
  return draw < 0.55 ? [origin.nationality] : draw < 0.85 ? ['DE'] : ['DE', origin.nationality];
}

function residencesOf(
  member: Member,
  from: { household: Household; diedOn: string | null; tools: Tools },
): readonly HomeAt[] {
  const { household, diedOn, tools } = from;
  const [current, ...former] = homesOf(household.homes, tools.calendar.iso(member.birthDay));
  if (current === undefined) throw new TypeError('Nobody lives nowhere.');
  const leftOn = diedOn ?? household.leftOn;
  if (leftOn !== null) return [{ ...current, movedOut: leftOn }, ...former];
  return household.persona === null && member.isAdult && tools.random.chance(0.007)
    ? [{ ...current, status: '1' }, { ...secondHome(current, tools.random), status: '2' }, ...former]
    : [current, ...former];
}

/** A secondary residence (Nebenwohnung) in the same municipality. */
const secondHome = (home: HomeAt, random: Random): HomeAt => ({
  ...home,
  street: random.pick(['Gartenstraße', 'Uferweg', 'Am Wasserwerk']),
  houseNumber: String(random.int(1, 60)),
  conditionalBlock: false,
});

function drawVehicles(owner: Owner, tools: Tools): readonly OwnedVehicle[] {
  const { random } = tools;
  if (!owner.member.isAdult || (!owner.isKept && (!random.chance(0.55) || isForgotten(owner, tools)))) return [];
  const holder = officeOf(owner, tools, 0.6);
  const draw = random.next();
  const count = draw < 0.8 ? 1 : draw < 0.96 ? 2 : 3;
  return Array.from({ length: count }, (_, index) =>
    drawVehicle(random, holder, { ...tools, isKept: owner.isKept && index === 0 }),
  );
}

function drawCase(owner: Owner, tools: Tools): BenefitFacts | null {
  if (!owner.isKept && isForgotten(owner, tools)) return null;
  const { officeAgs, holderFamilyName, holderHome, place } = officeOf(owner, tools, 0.5);
  return drawBenefit(
    tools.random,
    {
      officeAgs,
      district: place.district,
      householdSize: owner.household.members.length,
      applicantFamilyName: holderFamilyName,
      applicantHome: holderHome,
    },
    { ...tools, isKept: owner.isKept },
  );
}

/** Who died or left some time ago is in the other registers no more. */
function isForgotten({ diedOn, household }: Owner, { calendar }: Tools): boolean {
  const goneOn = diedOn ?? household.leftOn;
  return goneOn !== null && goneOn < calendar.iso(calendar.today - OFFICE_LAG_DAYS);
}

/**
 * The office that keeps a record: after a move of the last months often still the one of the former home, which knows
 * the former home only.
 */
function officeOf(
  { member, household, isKept }: Owner,
  { random, places }: Tools,
  lag: number,
): Holder & { place: Place } {
  const { homes, movedDaysAgo, place } = household;
  const [home, former] = homes;
  const isLagging = former && movedDaysAgo !== null && movedDaysAgo <= 180 && (isKept || random.chance(lag));
  const known = isLagging ? former : home;
  const office = places.find(({ ags }) => ags === known.ags) ?? place;
  // Some offices were never told of a marriage.
  const isUnderBirthName = !isKept && member.birthName !== null && random.chance(0.006);
  return {
    officeAgs: office.ags,
    place: office,
    plateCodes: office.plateCodes,
    holderFamilyName: isUnderBirthName && member.birthName ? member.birthName : member.familyName,
    holderHome: known,
  };
}
