import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Person } from '../../simulators/person.js';
import { companies } from '../../simulators/world.js';
import type { Answer } from '../support/ask.js';
import { type Everybody, homeOf, inParallel, isResident, plateOf, startWithEverybody } from '../support/everybody.js';

jest.setTimeout(120_000);

interface Seen {
  readonly ags: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly dateOfBirth: string;
  readonly currentAddress: { readonly street: string; readonly houseNumber: string } | null;
}
interface Me {
  readonly me:
    | (Seen & {
        readonly vehicles: readonly { readonly ags: string; readonly plate: string }[] | null;
        readonly housingBenefitCases: readonly { readonly ags: string; readonly caseNumber: string }[] | null;
      })
    | null;
}
interface Record {
  readonly ags: string;
  /** Plate or case number. */
  readonly number: string;
  readonly person: Seen | null;
}

const PERSON = 'ags familyName givenNames dateOfBirth currentAddress { street houseNumber }';
const ME = `{ me { ${PERSON} vehicles { ags plate } housingBenefitCases { ags caseNumber } } }`;
const SEARCH = `query ($ags: AGS!, $search: ResidentSearch!) { residents(ags: $ags, search: $search) { edges { node { ${PERSON} } } } }`;

let world: Everybody;
let people: readonly Person[];
/** What each living resident is told of themself. */
let own: ReadonlyMap<Person, Answer<Me>>;
let vehicles: readonly Record[];
let cases: readonly Record[];

beforeAll(async () => {
  world = await startWithEverybody({ size: 2000 });
  people = world.federation.truth();
  const residents = people.filter(isResident);
  const answers = await inParallel(residents, (person) => world.askAs<Me>(person, ME));
  own = new Map(residents.map((person, index) => [person, answers[index] as Answer<Me>]));
  vehicles = await readAll('vehicles', 'vehicles', 'number: plate person: holder');
  cases = await readAll('housing-benefit', 'housingBenefitCases', 'number: caseNumber person: applicant');
}, 180_000);

afterAll(() => world?.stop());

/** Every record of every municipality with the person it leads to, as a clerk of its office sees them. */
async function readAll(office: string, list: string, fields: string): Promise<readonly Record[]> {
  const query = `query ($ags: AGS!, $after: String) { list: ${list}(ags: $ags, first: 100, after: $after) {
    edges { node { ags ${fields} { ${PERSON} } } } pageInfo { hasNextPage endCursor } } }`;
  type List = { list: { edges: { node: Record }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
  const found: Record[] = [];
  for (const { ags } of world.federation.world.municipalities) {
    let after: string | null = null;
    do {
      const { data, errors }: Answer<List> = await world.askAsClerk(office, query, { ags, after });
      expect(errors).toEqual([]);
      found.push(...(data?.list.edges.map(({ node }) => node) ?? []));
      after = data?.list.pageInfo.hasNextPage ? data.list.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return found;
}

/** Everything that tells a person from all others; two people of one name and day do not share a home. */
const asSeen = (person: Person): Seen => {
  const home = homeOf(person);
  return {
    ags: person.ags,
    familyName: person.familyName,
    givenNames: person.givenNames,
    dateOfBirth: person.dateOfBirth,
    currentAddress: home && { street: home.street, houseNumber: home.houseNumber },
  };
};

const platesOf = (person: Person) => person.vehicles.map(plateOf).sort();
const caseNumbersOf = ({ housingBenefit }: Person) =>
  housingBenefit ? [`${housingBenefit.officeAgs} ${housingBenefit.caseNumber}`] : [];
const seenPlates = (answer: Answer<Me> | undefined) =>
  answer?.data?.me?.vehicles?.map(({ ags, plate }) => `${ags} ${plate}`).sort() ?? null;
const seenCases = (answer: Answer<Me> | undefined) =>
  answer?.data?.me?.housingBenefitCases?.map(({ ags, caseNumber }) => `${ags} ${caseNumber}`) ?? null;
const codesOf = (answer: Answer<Me> | undefined) =>
  Object.fromEntries(answer?.errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]) ?? []);
const hasAnything = (person: Person) => person.vehicles.length > 0 || person.housingBenefit !== null;

/** Who leads where: the record and its true owner. */
const ownedVehicles = () =>
  people.flatMap((person) => person.vehicles.map((vehicle) => ({ person, name: plateOf(vehicle) })));
const ownedCases = () => people.flatMap((person) => caseNumbersOf(person).map((name) => ({ person, name })));
const shown = (records: readonly Record[]) =>
  new Map(records.map((record) => [`${record.ags} ${record.number}`, record.person]));
const namesakesOf = (person: Person) =>
  people.filter(
    (other) =>
      other !== person &&
      other.familyName === person.familyName &&
      other.givenNames[0] === person.givenNames[0] &&
      other.dateOfBirth === person.dateOfBirth,
  );
/** People of the world who are so; a test of nobody would be none. */
function those(are: (person: Person) => boolean): readonly Person[] {
  const found = people.filter(are);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

describe('everybody of the world', () => {
  it('is told of themself', () => {
    for (const [person, { status, data }] of own)
      expect([status, data?.me]).toEqual([200, expect.objectContaining(asSeen(person))]);
  });

  it('is shown their own vehicles and cases, or is told that nobody can be sure, and never somebody else’s', () => {
    let missed = 0;
    let owned = 0;
    for (const [person, answer] of own) {
      const codes = codesOf(answer);
      for (const [field, seen, truth] of [
        ['me.vehicles', seenPlates(answer), platesOf(person)],
        ['me.housingBenefitCases', seenCases(answer), caseNumbersOf(person)],
      ] as const) {
        expect(codes[field]).toBe(seen === null ? 'MATCH_UNCERTAIN' : undefined);
        expect(truth).toEqual(expect.arrayContaining(seen ?? []));
        owned += truth.length;
        missed += truth.length - (seen?.length ?? 0);
      }
      expect(Object.keys(codes).filter((path) => path !== 'me.vehicles' && path !== 'me.housingBenefitCases')).toEqual(
        [],
      );
    }
    expect(owned).toBeGreaterThan(1000);
    expect(missed / owned).toBeLessThanOrEqual(0.01);
  });

  it('is shown to clerks with their own vehicles and cases or not at all', () => {
    const known = shown([...vehicles, ...cases]);
    const records = [...ownedVehicles(), ...ownedCases()];
    let linkable = 0;
    let missed = 0;
    for (const { person, name } of records) {
      const seen = known.get(name);
      expect([name, seen]).toEqual([name, seen === null ? null : asSeen(person)]);
      const isLinkable = isResident(person) && !person.blocked && name.startsWith(person.ags);
      linkable += isLinkable ? 1 : 0;
      missed += isLinkable && seen === null ? 1 : 0;
    }
    expect(linkable).toBeGreaterThan(1000);
    expect(missed / linkable).toBeLessThanOrEqual(0.01);
  });

  it('has each vehicle and each case in the lists once, and companies beside them', () => {
    const ofCompanies = [...companies(world.federation.world)].flatMap((company) => company.vehicles.map(plateOf));
    const numbers = (records: readonly Record[]) => records.map(({ ags, number }) => `${ags} ${number}`).sort();
    expect(numbers(vehicles)).toEqual([...ownedVehicles().map(({ name }) => name), ...ofCompanies].sort());
    expect(numbers(cases)).toEqual(
      ownedCases()
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe('a person who', () => {
  const fully = (are: (person: Person) => boolean) => {
    for (const person of those(
      (one) => isResident(one) && hasAnything(one) && are(one) && namesakesOf(one).length === 0,
    )) {
      expect(seenPlates(own.get(person))).toEqual(platesOf(person));
      expect(seenCases(own.get(person))).toEqual(caseNumbersOf(person));
    }
  };
  const isUnderTheirName = (person: Person) =>
    person.vehicles.every(({ holderFamilyName }) => holderFamilyName === person.familyName);

  it('has a hyphen in the family name is found', () =>
    fully((one) => one.familyName.includes('-') && isUnderTheirName(one)));

  it('has a hyphen in the first name is found', () => fully(({ givenNames }) => /-/.test(givenNames[0] ?? '')));

  it('has a name whose letters ISO-8859-15 lost is found', () =>
    fully((one) => isUnderTheirName(one) && /[^ -\u00ffŠšŽžŒœŸ]/.test(one.familyName)));

  it('was born on a day that nobody knows exactly is found', () => fully(({ dateOfBirth }) => dateOfBirth.length < 10));

  it('took another name when they married is found', () =>
    fully((one) => one.birthName !== null && isUnderTheirName(one)));

  it('moved last month sees the car and the case at the former office', () => {
    fully((one) => one.vehicles.some(({ officeAgs }) => officeAgs !== one.ags));
    fully((one) => one.housingBenefit !== null && one.housingBenefit.officeAgs !== one.ags);
    const persona = world.federation.persona('citizen-moved');
    expect(persona.vehicles.map(({ officeAgs }) => officeAgs)).not.toContain(persona.ags);
    expect(seenPlates(own.get(persona))).toEqual(platesOf(persona));
    expect(seenCases(own.get(persona))).toEqual(caseNumbersOf(persona));
  });

  it('is still under their birth name with an office is not guessed', () => {
    for (const person of those((one) => isResident(one) && one.vehicles.length > 0 && !isUnderTheirName(one)))
      expect(seenPlates(own.get(person))).toEqual([]);
  });

  it('has a double in the municipality is told that nobody can be sure, and is shown to nobody', () => {
    const known = shown(vehicles);
    const doubles = those(
      (one) => isResident(one) && namesakesOf(one).some((other) => isResident(other) && other.ags === one.ags),
    );
    expect(doubles.some(hasAnything)).toBe(true);
    for (const person of doubles) {
      expect(codesOf(own.get(person))).toEqual({
        'me.vehicles': 'MATCH_UNCERTAIN',
        'me.housingBenefitCases': 'MATCH_UNCERTAIN',
      });
      for (const name of platesOf(person)) if (name.startsWith(person.ags)) expect(known.get(name)).toBeNull();
    }
  });

  it('has a double in another municipality is found all the same', () => {
    const isAlone = (one: Person) =>
      namesakesOf(one).every((other) => other.ags !== one.ags && other.residences.every(({ ags }) => ags !== one.ags));
    for (const person of those((one) => isResident(one) && namesakesOf(one).length > 0 && isAlone(one)))
      expect(seenPlates(own.get(person))).toEqual(platesOf(person));
  });

  it('is a twin sees themself', () => {
    const twinsOf = (one: Person) =>
      people.filter(
        (other) =>
          other !== one &&
          other.household === one.household &&
          other.dateOfBirth === one.dateOfBirth &&
          other.familyName === one.familyName,
      );
    for (const person of those((one) => isResident(one) && twinsOf(one).length > 0)) {
      expect(own.get(person)?.data?.me?.givenNames).toEqual(person.givenNames);
      expect([seenPlates(own.get(person)), seenCases(own.get(person))]).toEqual([
        platesOf(person),
        caseNumbersOf(person),
      ]);
    }
  });

  it('has died or gone is nobody’s holder', () => {
    const known = shown(vehicles);
    for (const person of those((one) => !isResident(one) && one.vehicles.length > 0))
      for (const name of platesOf(person)) expect(known.get(name)).toBeNull();
  });

  it('is a company is nobody’s holder', () => {
    const known = shown(vehicles);
    for (const company of companies(world.federation.world))
      for (const vehicle of company.vehicles) expect(known.get(plateOf(vehicle))).toBeNull();
  });

  it('has died cannot sign in as themself any more', async () => {
    for (const person of those((one) => one.diedOn !== null).slice(0, 10))
      expect((await world.askAs<Me>(person, ME)).data).toEqual({ me: null });
  });
});

describe('a person under a block', () => {
  it('sees themself and what is theirs', () => {
    const blocked = those((one) => one.blocked && isResident(one) && hasAnything(one) && namesakesOf(one).length === 0);
    expect(blocked.map(({ persona }) => persona)).toContain('citizen-blocked');
    for (const person of blocked) {
      expect(own.get(person)?.data?.me).toMatchObject(asSeen(person));
      expect([seenPlates(own.get(person)), seenCases(own.get(person))]).toEqual([
        platesOf(person),
        caseNumbersOf(person),
      ]);
    }
  });

  it('is no clerk’s holder or applicant', () => {
    const known = shown([...vehicles, ...cases]);
    for (const person of those((one) => one.blocked && hasAnything(one)))
      for (const name of [...platesOf(person), ...caseNumbersOf(person)])
        expect([name, known.get(name)]).toEqual([name, null]);
  });

  it('is not found by a search, as somebody who does not exist', async () => {
    const nobody = await search({ ...people[0], familyName: 'Niemandsohn' } as Person);
    for (const person of those((one) => one.blocked && isResident(one))) {
      const found = await search(person);
      const others = found.data?.residents.edges.filter(
        ({ node }) => node.currentAddress?.street === homeOf(person)?.street,
      );
      expect([found.status, found.errors, others]).toEqual([200, nobody.errors, []]);
    }
  });
});

describe('a search', () => {
  it('finds a person by given names in any order', async () => {
    const several = those(
      (one) => isResident(one) && !one.blocked && one.givenNames.length > 1 && namesakesOf(one).length === 0,
    );
    for (const person of several.slice(0, 20)) {
      const { data } = await search({ ...person, givenNames: person.givenNames.toReversed() });
      expect(data?.residents.edges.map(({ node }) => node)).toEqual([asSeen(person)]);
    }
  });

  it('finds a person by the birth name, and by letters spelled out', async () => {
    const married = those(
      (one) => isResident(one) && !one.blocked && one.birthName !== null && namesakesOf(one).length === 0,
    );
    for (const person of married.slice(0, 20)) {
      const { data } = await search({ ...person, familyName: person.birthName ?? '' });
      expect(data?.residents.edges.map(({ node }) => node)).toContainEqual(asSeen(person));
    }
    const umlauts = those(
      (one) => isResident(one) && !one.blocked && /ö/.test(one.familyName) && namesakesOf(one).length === 0,
    );
    for (const person of umlauts.slice(0, 20)) {
      const { data } = await search({ ...person, familyName: person.familyName.replaceAll('ö', 'oe') });
      expect(data?.residents.edges.map(({ node }) => node)).toContainEqual(asSeen(person));
    }
  });

  it('finds both of two people of one name and day', async () => {
    const doubles = those(
      (one) =>
        isResident(one) &&
        !one.blocked &&
        namesakesOf(one).some((other) => isResident(other) && !other.blocked && other.ags === one.ags),
    );
    for (const person of doubles) {
      const { data } = await search({ ...person, givenNames: person.givenNames.slice(0, 1) });
      expect(data?.residents.edges.map(({ node }) => node)).toContainEqual(asSeen(person));
      expect(data?.residents.edges.length).toBeGreaterThan(1);
    }
  });
});

const search = ({ ags, familyName, givenNames, dateOfBirth }: Person) =>
  world.askAsClerk<{ residents: { edges: { node: Seen }[] } }>('residents', SEARCH, {
    ags,
    search: { familyName, givenName: givenNames.join(' '), dateOfBirth },
  });
