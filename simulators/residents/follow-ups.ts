import { randomInt } from 'node:crypto';
import type { AskingOffice, SearchData } from './read-request.js';

/** Somebody at the residents' office must look into this (§ 34a (5) BMG); kept while the process lives. */
export interface FollowUp {
  /** Register's own number of the case; says nothing of the person. */
  readonly number: string;
  readonly ags: string;
  readonly data: SearchData;
  readonly office: AskingOffice;
  readonly receivedAt: string;
}

export interface FollowUps {
  /** @returns The number of the case. */
  add(request: Omit<FollowUp, 'number'>): string;
  all(): readonly FollowUp[];
}

/** Older ones are settled. */
const MOST = 10_000;

export function createFollowUps(): FollowUps {
  const kept: FollowUp[] = [];
  return {
    add(request) {
      const number = `MV-${randomInt(1e11, 1e12)}`;
      kept.push({ number, ...request });
      if (kept.length > MOST) kept.shift();
      return number;
    },
    all: () => kept,
  };
}
