/** Numbers and code lists of the messages. What is marked "simulated" is this register's own and no part of XMeld. */
export const MESSAGES = {
  '1330': { root: 'xmeld:datenabruf.personensuche.suchanfrage.1330', answer: '1331' },
  /** Simulated: many persons at once. */
  '9330': { root: 'sim:stapelabruf.anfrage.9330', answer: '9331' },
  /** Simulated, after 1708 to 1710: the person's own data. */
  '9708': { root: 'sim:selbstauskunft.anfrage.9708', answer: '9710' },
  /** XMeld's number of a case that goes on by hand (Aussteuerung); its form and its receipt are simulated. */
  '1322': { root: 'sim:aussteuerung.1322', answer: '9322' },
} as const;

export type MessageNumber = keyof typeof MESSAGES;

export const ANSWER_ROOTS = {
  '1331': 'xmeld:datenabruf.personensuche.antwort.1331',
  '9331': 'sim:stapelabruf.antwort.9331',
  '9710': 'sim:selbstauskunft.antwort.9710',
  '9322': 'sim:aussteuerung.eingang.9322',
} as const;

/** What registers send by themselves; only the numbers are XMeld's. */
export const EVENT_ROOTS = {
  '0090': 'sim:fortschreibung.anschrift.0090',
  '0093': 'sim:auskunftssperre.setzen.0093',
  '0094': 'sim:auskunftssperre.aufheben.0094',
} as const;

/** Which data an `anforderungselement` asks for. Simulated: the numbers are this register's own in the range 1 to 185. */
export const ELEMENTS = {
  familyName: '1',
  birthName: '5',
  givenNames: '10',
  callName: '11',
  doctorate: '15',
  dateOfBirth: '20',
  placeOfBirth: '21',
  sex: '30',
  nationalities: '35',
  maritalStatus: '40',
  currentAddress: '60',
  formerAddresses: '61',
  moveDates: '65',
} as const;

export type ElementName = keyof typeof ELEMENTS;

/** Reasons for a refusal (urn:xoev-de:xmeld:codeliste:datenabruf.nichterstellung.grund). */
export const REFUSALS = {
  markInvalid: '01',
  streetUnknown: '02',
  tooManyHits: '12',
  agsMismatch: '14',
  technical: '16',
  other: '17',
  minimumData: '18',
  outsideArea: '22',
  azrNumber: '24',
} as const;

export type RefusalCode = (typeof REFUSALS)[keyof typeof REFUSALS];

/** A message that is understood but not answered; its answer says why. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, text = '') {
    super(text);
    this.code = code;
  }
}

/** ISO 3166-1 alpha-2 to the three digits of the Destatis list of nationalities, for all that the world has. */
const NATIONALITY_KEYS: Readonly<Record<string, string>> = {
  CZ: '164',
  DE: '000',
  DK: '126',
  FR: '129',
  HR: '130',
  IT: '137',
  LV: '139',
  PL: '152',
  RO: '154',
  SY: '475',
  TR: '163',
  US: '368',
  VN: '432',
};

/** 998: not clarified. */
export const nationalityKey = (iso: string): string => NATIONALITY_KEYS[iso] ?? '998';
