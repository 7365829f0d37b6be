/**
 * Published and independently computed results of § 19 WoGG with the figures of 2025: M and Y in euros a month, the
 * steps z1 to z4 of Anlage 3, the amount in whole euros. `household` counts all members, `members` those who count.
 */
interface Vector {
  readonly id: string;
  readonly household: number;
  readonly members: number;
  readonly M: string;
  readonly Y: string;
  readonly rent: string | null;
  readonly rentLevel: number;
  readonly z: readonly string[];
  readonly amount: number;
}

/** P1 to P3 are results of the ministry's own calculator; C1 to C8, E1 to E4 are computed twice, independently. */
export const VECTORS: readonly (Vector & { readonly ags: string | null })[] = [
  {
    id: 'P1',
    household: 1,
    members: 1,
    M: '691.60',
    Y: '908.25',
    rent: '600',
    rentLevel: 5,
    ags: '05162016',
    z: ['0.4088171200', '371.3081492400', '320.2918507600', '368.3356283740'],
    amount: 368,
  },
  {
    id: 'P2',
    household: 1,
    members: 1,
    M: '691.60',
    Y: '1328.25',
    rent: '600',
    rentLevel: 5,
    ags: '05162016',
    z: ['0.4259531200', '565.7722316400', '125.8277683600', '144.7019336140'],
    amount: 145,
  },
  {
    id: 'P3',
    household: 4,
    members: 2,
    M: '589.10',
    Y: '1400',
    rent: '1000',
    rentLevel: 5,
    ags: '05162016',
    z: ['0.2829276100', '396.0986540000', '193.0013460000', '221.9515479000'],
    amount: 222,
  },
  {
    id: 'C1',
    household: 1,
    members: 1,
    M: '530.40',
    Y: '1100',
    rent: '420',
    rentLevel: 3,
    ags: '10041100',
    z: ['0.3393128800', '373.2441680000', '157.1558320000', '180.7292068000'],
    amount: 181,
  },
  {
    id: 'C2',
    household: 1,
    members: 1,
    M: '490.40',
    Y: '950',
    rent: '380',
    rentLevel: 2,
    ags: '10045114',
    z: ['0.3140048800', '298.3046360000', '192.0953640000', '220.9096686000'],
    amount: 221,
  },
  {
    id: 'C3',
    household: 2,
    members: 2,
    M: '660.40',
    Y: '1450',
    rent: '650',
    rentLevel: 2,
    ags: '10045117',
    z: ['0.3099088400', '449.3678180000', '211.0321820000', '242.6870093000'],
    amount: 243,
  },
  {
    id: 'C4',
    household: 3,
    members: 3,
    M: '710.20',
    Y: '1800',
    rent: '540',
    rentLevel: 1,
    ags: '10045111',
    z: ['0.2712653400', '488.2776120000', '221.9223880000', '255.2107462000'],
    amount: 255,
  },
  {
    id: 'C5',
    household: 4,
    members: 4,
    M: '840.20',
    Y: '2200',
    rent: '700',
    rentLevel: 1,
    ags: '10045112',
    z: ['0.2304552600', '507.0015720000', '333.1984280000', '383.1781922000'],
    amount: 383,
  },
  {
    id: 'C6',
    household: 4,
    members: 4,
    M: '998.20',
    Y: '2500',
    rent: '900',
    rentLevel: 3,
    ags: '14612000',
    z: ['0.2699106600', '674.7766500000', '323.4233500000', '371.9368525000'],
    amount: 372,
  },
  {
    id: 'C7',
    household: 2,
    members: 2,
    M: '622.60',
    Y: '1300',
    rent: '480',
    rentLevel: 2,
    ags: '14713000',
    z: ['0.2918504600', '379.4055980000', '243.1944020000', '279.6735623000'],
    amount: 280,
  },
  {
    id: 'C8',
    household: 5,
    members: 5,
    M: '1139.60',
    Y: '2900',
    rent: '1000',
    rentLevel: 3,
    ags: '15003000',
    z: ['0.2672017200', '774.8849880000', '364.7150120000', '419.4222638000'],
    amount: 419,
  },
  {
    id: 'E1',
    household: 1,
    members: 1,
    M: '54',
    Y: '396',
    rent: null,
    rentLevel: 0,
    ags: null,
    z: ['0.0820606000', '32.4959976000', '21.5040024000', '24.7296027600'],
    amount: 25,
  },
  {
    id: 'E2',
    household: 1,
    members: 1,
    M: '20',
    Y: '100',
    rent: null,
    rentLevel: 0,
    ags: null,
    z: ['0.0820606000', '32.4959976000', '21.5040024000', '24.7296027600'],
    amount: 25,
  },
  {
    id: 'E3',
    household: 1,
    members: 1,
    M: '585.60',
    Y: '1509',
    rent: '475.20',
    rentLevel: 3,
    ags: '10041100',
    z: ['0.3824795200', '577.1615956800', '8.4384043200', '9.7041649680'],
    amount: 10,
  },
  {
    id: 'E4',
    household: 1,
    members: 1,
    M: '585.60',
    Y: '1510',
    rent: '475.20',
    rentLevel: 3,
    ags: '10041100',
    z: ['0.3825203200', '577.6056832000', '7.9943168000', '9.1934643200'],
    amount: 0,
  },
];

interface Example {
  readonly number: number;
  readonly members: number;
  readonly entitledMembers?: number;
  readonly rent: string;
  readonly income: string;
  readonly rentLevel: number;
  readonly M: string;
  readonly amount: number;
}

/** Federal ministry of housing (BMWSB), examples of the computation of housing benefit, as of 1 January 2025. */
export const MINISTRY_EXAMPLES: readonly Example[] = [
  { number: 1, members: 1, rent: '335', income: '1162.35', rentLevel: 1, M: '445.40', amount: 110 },
  { number: 2, members: 1, rent: '470', income: '1350', rentLevel: 4, M: '580.40', amount: 88 },
  { number: 3, members: 2, rent: '480', income: '1589.70', rentLevel: 2, M: '622.60', amount: 166 },
  { number: 4, members: 3, rent: '750', income: '1638', rentLevel: 1, M: '720.80', amount: 320 },
  { number: 5, members: 3, rent: '700', income: '1728', rentLevel: 6, M: '870.20', amount: 372 },
  { number: 6, members: 4, rent: '1225', income: '2227.25', rentLevel: 7, M: '1371.20', amount: 691 },
  { number: 7, members: 4, rent: '580', income: '1710', rentLevel: 3, M: '777.80', amount: 485 },
  { number: 8, members: 5, rent: '870', income: '1853.25', rentLevel: 5, M: '1095.40', amount: 747 },
  { number: 9, members: 6, rent: '780', income: '3301.10', rentLevel: 2, M: '1033.00', amount: 343 },
  { number: 10, members: 2, entitledMembers: 1, rent: '570', income: '784.35', rentLevel: 4, M: '356.30', amount: 191 },
  { number: 11, members: 1, rent: '345', income: '561.35', rentLevel: 2, M: '455.40', amount: 342 },
];

/** Highest whole-euro Y with a claim at the highest M, as published. */
export const INCOME_LIMITS = [
  { members: 1, rentLevel: 1, M: '490.60', limit: 1443, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 2, M: '537.60', limit: 1477, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 3, M: '585.60', limit: 1509, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 4, M: '640.60', limit: 1541, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 5, M: '691.60', limit: 1568, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 6, M: '744.60', limit: 1593, atLimit: 10, aboveLimit: 0 },
  { members: 1, rentLevel: 7, M: '806.60', limit: 1619, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 1, M: '604.40', limit: 1953, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 2, M: '660.40', limit: 1997, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 3, M: '718.40', limit: 2037, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 4, M: '786.40', limit: 2080, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 5, M: '847.40', limit: 2114, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 6, M: '912.40', limit: 2147, atLimit: 10, aboveLimit: 0 },
  { members: 2, rentLevel: 7, M: '987.40', limit: 2181, atLimit: 10, aboveLimit: 0 },
] as const;
