import type { JWTPayload } from 'jose';
import type { HomeAt, OwnedVehicle, Person } from '../../simulators/person.js';
import { type Answer, ask } from './ask.js';
import { startFederation, type TestFederation, type TestFederationOptions } from './federation.js';
import { AUDIENCE, type Issuer, startIssuer } from './issuer.js';

/** A federation at whose identity provider everybody of the simulated world can sign in, and clerks of every office. */
export interface Everybody {
  readonly federation: TestFederation;
  askAs<Data>(person: Person, document: string): Promise<Answer<Data>>;
  /** @param office In all municipalities. */
  askAsClerk<Data>(
    office: string,
    document: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Answer<Data>>;
  stop(): Promise<void>;
}

export async function startWithEverybody(
  options: Pick<TestFederationOptions, 'size' | 'cooperation'>,
): Promise<Everybody> {
  const issuer = await startIssuer();
  const gateway = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE };
  const federation = await startFederation({ ...options, identity: false, gateway }).catch(async (error: unknown) => {
    await issuer.close();
    throw error;
  });
  const { gatewayUrl } = federation;
  return {
    federation,
    askAs: async (person, document) => ask(gatewayUrl, document, { token: await issuer.token(claimsOf(person)) }),
    askAsClerk: async (office, document, variables = {}) =>
      ask(gatewayUrl, document, {
        token: await clerkToken(issuer, office),
        variables,
        headers: STATEMENTS[office] ?? {},
      }),
    async stop() {
      await federation.stop();
      await issuer.close();
    },
  };
}

/** The sole or main residence of today; `null` for those who died or moved away. */
export const homeOf = ({ residences }: Person): HomeAt | null =>
  residences.find(({ movedOut, status }) => movedOut === null && status !== '2') ?? null;

export const isResident = (person: Person): boolean => person.diedOn === null && !person.movedAway;

export const plateOf = ({ officeAgs, plate }: OwnedVehicle): string => `${officeAgs} ${plate}`;

/** Works on all items, a few at a time. @returns In the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

const LANES = 8;

function claimsOf(person: Person): JWTPayload {
  const home = homeOf(person) ?? person.residences[0];
  return {
    sub: `person-${person.serial}`,
    ags: [person.ags],
    family_name: person.familyName,
    given_name: person.givenNames.join(' '),
    birthdate: person.dateOfBirth,
    address: {
      street: home?.street,
      house_number: home?.houseNumber,
      postal_code: home?.postalCode,
      locality: home?.place,
    },
  };
}

/** What clerks state with a request, by office. */
const STATEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  residents: { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'EMA 1/2026' },
  'housing-benefit': { 'x-purpose': 'housing-benefit.case', 'x-file-reference': 'WG 1/2026' },
  vehicles: { 'x-purpose': 'vehicles.registration', 'x-file-reference': 'KFZ 1/2026' },
};

const clerkToken = (issuer: Issuer, office: string): Promise<string> =>
  issuer.token({ sub: `clerk of ${office}`, role: 'caseworker', office, ags: ['*'] });
