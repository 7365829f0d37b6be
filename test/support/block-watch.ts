import type { Person } from '../../simulators/person.js';
import type { Answer } from './ask.js';
import type { Control } from './control.js';

/** Everybody among the personas but the one who lives under a block; `null`: nobody signed in. */
export const OTHERS = [
  null,
  'citizen',
  'citizen-moved',
  'citizen-substantial',
  'citizen-basic',
  'residents-clerk',
  'benefit-clerk',
  'vehicle-clerk',
  'building-clerk',
  'agent-115',
  'partner',
  'protection-officer',
  'operator',
] as const;

/** Those who may search a register. */
export const CLERKS = ['residents-clerk', 'benefit-clerk', 'vehicle-clerk'] as const;

/** All of an answer that its receiver can see, and what the register was asked for it. */
export interface Seen {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  /** Calls of the register by kind of message. */
  readonly calls: Readonly<Record<string, number>>;
}

/** What differs between any two answers, whoever they are about. */
const OWN_TO_EACH = /^(date|x-request-id|ratelimit.*)$/;

export async function watch(register: Control, work: () => Promise<Answer<unknown>>): Promise<Seen> {
  await register.resetCalls();
  const { status, headers, text } = await work();
  const { byKind: calls } = await register.calls();
  return { status, headers: [...headers].filter(([name]) => !OWN_TO_EACH.test(name)), text, calls };
}

export const searchFor = ({ familyName, givenNames, dateOfBirth }: Person) => ({
  familyName,
  givenName: givenNames[0] ?? '',
  dateOfBirth,
});

export const isLiving = (person: Person): boolean => person.diedOn === null && !person.movedAway;

/** Women of one name in one municipality of a district, with different days of birth. */
export function findNamesakes(everybody: readonly Person[], district: string): readonly Person[] {
  const groups = new Map<string, Person[]>();
  for (const person of everybody)
    if (isLiving(person) && !person.blocked && person.ags.startsWith(district) && person.sex === 'w') {
      const key = [person.ags, person.familyName, person.givenNames[0]].join('|');
      groups.set(key, [...(groups.get(key) ?? []), person]);
    }
  const found = [...groups.values()].find(
    (group) => group.length > 1 && new Set(group.map(({ dateOfBirth }) => dateOfBirth)).size === group.length,
  );
  if (!found) throw new RangeError('The world has no two women of one name.');
  return found;
}
