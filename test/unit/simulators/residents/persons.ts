import type { HomeAt, Person } from '../../../../simulators/person.js';

export const homeOf = (change: Partial<HomeAt> = {}): HomeAt => ({
  ags: '10045114',
  street: 'Talstraße',
  houseNumber: '111a',
  postalCode: '66424',
  place: 'Homburg',
  movedIn: '2020-04-27',
  movedOut: null,
  status: '0',
  conditionalBlock: false,
  ...change,
});

let serial = 0;

export const personOf = (change: Partial<Person> = {}): Person => {
  serial += 1;
  return {
    serial,
    ags: '10045114',
    registerKey: `K${serial}`,
    familyName: 'Weißenbrück',
    givenNames: ['Käthe', 'Anna-Lena'],
    callName: 'Käthe',
    birthName: null,
    doctorate: null,
    dateOfBirth: '1984-05-17',
    placeOfBirth: 'Homburg',
    sex: 'w',
    maritalStatus: 'LD',
    nationalities: ['DE'],
    residences: [homeOf()],
    blocked: false,
    diedOn: null,
    movedAway: false,
    household: 1,
    vehicles: [],
    housingBenefit: null,
    persona: null,
    ...change,
  };
};
