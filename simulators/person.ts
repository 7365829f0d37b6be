/**
 * A fictitious person as the truth of the simulated world: what really is. Each simulated register holds its own,
 * partly worse, picture of it. Only simulators and tests read this; adapters never do.
 */
export interface Person {
  /** Unique in the whole simulated world; registers do not know it. */
  readonly serial: number;
  /** Municipality of the sole or main residence; for those who moved away or died, the last one of the cooperation. */
  readonly ags: string;
  /** Key of the person in the residents register of `ags`, unique there. */
  readonly registerKey: string;
  /** DIN 91379 letters, NFC. */
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly callName: string;
  /** Name at birth, where it differs from `familyName`. */
  readonly birthName: string | null;
  readonly doctorate: string | null;
  /** YYYY-MM-DD, YYYY-MM or YYYY: as exact as all registers know it. */
  readonly dateOfBirth: string;
  readonly placeOfBirth: string;
  readonly sex: 'w' | 'm' | 'd' | 'x';
  /** XInneres Familienstand: LD, VH, VW, GS, LP, LA, LV, NB. */
  readonly maritalStatus: string;
  /** ISO 3166-1 alpha-2. */
  readonly nationalities: readonly string[];
  /** Current and former residences inside the cooperation, the latest first; at least one. */
  readonly residences: readonly HomeAt[];
  /** § 51 BMG. */
  readonly blocked: boolean;
  /** YYYY-MM-DD, or `null` while alive. */
  readonly diedOn: string | null;
  /** Moved out of the cooperation: the last residence has `movedOut`. */
  readonly movedAway: boolean;
  /** Household number: people of one household share the current residence. */
  readonly household: number;
  readonly vehicles: readonly OwnedVehicle[];
  /** The household's housing-benefit case, where this person is its applicant. */
  readonly housingBenefit: BenefitFacts | null;
  /** Name of the persona of the demo identity provider, or `null`. */
  readonly persona: string | null;
}

export interface HomeAt {
  readonly ags: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly place: string;
  readonly movedIn: string;
  readonly movedOut: string | null;
  /** 0 sole, 1 main, 2 secondary. */
  readonly status: '0' | '1' | '2';
  /** § 52 BMG. */
  readonly conditionalBlock: boolean;
}

export interface OwnedVehicle {
  /** Municipality whose office holds the record: after a move for a while still the former one. */
  readonly officeAgs: string;
  readonly vin: string;
  readonly plate: string;
  readonly make: string;
  readonly model: string;
  /** YYYY-MM-DD. */
  readonly firstRegistration: string;
  /** YYYY-MM. */
  readonly inspectionDue: string;
  /** Z registered, A deregistered, U prohibited. */
  readonly status: 'Z' | 'A' | 'U';
  /** B petrol, D diesel, E electric. */
  readonly fuel: 'B' | 'D' | 'E';
  /** Last two digits of ZB I field 14.1. */
  readonly emissionKey: string;
  /** Name under which the vehicle office knows the holder: the birth name after some marriages. */
  readonly holderFamilyName: string;
  /** The holder's home as the office knows it. */
  readonly holderHome: HomeAt;
}

export interface BenefitFacts {
  /** Municipality whose client (Mandant) holds the case: after a move for a while still the former one. */
  readonly officeAgs: string;
  readonly caseNumber: string;
  /** 1 applied, 2 granted, 3 refused, 4 stopped, 5 ended. */
  readonly status: 1 | 2 | 3 | 4 | 5;
  readonly householdSize: number;
  readonly grossColdRentCents: number;
  readonly monthlyIncomeCents: number;
  readonly monthlyAmountCents: number;
  /** YYYY-MM-DD, first and last day of the grant period. */
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly applicantFamilyName: string;
  readonly applicantHome: HomeAt;
}

/** A company that holds vehicles: no person, no date of birth. */
export interface Company {
  readonly serial: number;
  readonly ags: string;
  readonly name: string;
  readonly home: HomeAt;
  readonly vehicles: readonly OwnedVehicle[];
}

/** What the simulated world is made from; equal settings give an equal world on every machine. */
export interface WorldSettings {
  readonly municipalities: readonly { readonly ags: string; readonly name: string; readonly district: string }[];
  /** About how many living people the municipalities have together. */
  readonly size: number;
  readonly seed: number;
  /** YYYY-MM-DD; "last month" is counted from here. */
  readonly today: string;
}
