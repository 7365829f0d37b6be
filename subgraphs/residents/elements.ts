/** Which data an answer has, by `anforderungselement`; the numbers are the simulated register's own. */
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
