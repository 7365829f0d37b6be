import { describe, expect, it } from '@jest/globals';
import { type CommitEvent, createGroupCommit } from '../../../../gateway/audit/group-commit.js';
import { eventually } from '../../../support/eventually.js';

const UNAVAILABLE = { extensions: { code: 'AUDIT_UNAVAILABLE' } };

/** Commits that the test lets through one by one. */
function createStage(options: { deadlineMs?: number; paceMs?: number } = {}) {
  const commits: { items: readonly number[]; signal: AbortSignal; settle: (error?: Error) => void }[] = [];
  const repairs: number[] = [];
  const events: CommitEvent[] = [];
  let broken = false;
  const group = createGroupCommit<number>({
    commit: (items, signal) =>
      new Promise((resolve, reject) =>
        commits.push({ items, signal, settle: (error) => (error ? reject(error) : resolve()) }),
      ),
    repair: async (refused) => {
      repairs.push(refused);
      if (broken) throw new Error('still broken');
    },
    onEvent: (event) => void events.push(event),
    probeMs: 1,
    paceMs: 0,
    ...options,
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const breakRepair = (now: boolean) => {
    broken = now;
  };
  return { group, commits, repairs, events, turn, breakRepair };
}

describe('a group commit', () => {
  it('takes what one turn brings together, begins at once and lets the rest wait for the next', async () => {
    const { group, commits, turn } = createStage();
    const first = [group.append([1]), group.append([2, 3])];
    await turn();
    const second = [group.append([4]), group.append([5])];
    await turn();
    expect(commits.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    commits[0]?.settle();
    await Promise.all(first);
    await turn();
    expect(commits.map(({ items }) => items)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    commits[1]?.settle();
    await Promise.all(second);
  });

  it('acknowledges nothing before its commit has ended', async () => {
    const { group, commits, turn } = createStage();
    let isDone = false;
    const done = group.append([1]).then(() => {
      isDone = true;
    });
    await turn();
    expect(isDone).toBe(false);
    commits[0]?.settle();
    await done;
  });

  it('takes an append that comes the moment a commit ends', async () => {
    const { group, commits, turn } = createStage();
    const chained = group.append([1]).then(() => group.append([2]));
    await turn();
    commits[0]?.settle();
    await turn();
    commits[1]?.settle();
    await chained;
    expect(commits.map(({ items }) => items)).toEqual([[1], [2]]);
  });

  it('keeps a commit small enough to be made in time', async () => {
    const { group, commits, turn } = createStage();
    const many = Array.from({ length: 1500 }, (_, at) => at);
    const both = [group.append(many), group.append(many)];
    await turn();
    commits[0]?.settle();
    await turn();
    commits[1]?.settle();
    await Promise.all(both);
    expect(commits.map(({ items }) => items.length)).toEqual([1500, 1500]);
  });

  it('begins the next one after the pace is over, with all that has come by then, and after a pause at once', async () => {
    const { group, commits, turn } = createStage({ paceMs: 60 });
    const beganAt = performance.now();
    const first = group.append([1]);
    await turn();
    expect(commits.map(({ items }) => items)).toEqual([[1]]);
    commits[0]?.settle();
    await first;
    const next = [group.append([2])];
    await turn();
    next.push(group.append([3]));
    await eventually(() => expect(commits.map(({ items }) => items)).toEqual([[1], [2, 3]]));
    expect(performance.now() - beganAt).toBeGreaterThan(58);
    commits[1]?.settle();
    await Promise.all(next);
    const pausedAt = performance.now();
    await eventually(() => expect(performance.now() - pausedAt).toBeGreaterThan(60));
    const last = group.append([4]);
    await turn();
    expect(commits.length).toBe(3);
    commits[2]?.settle();
    await last;
  });

  it('waits half as long again after one that many have shared', async () => {
    const { group, commits, turn } = createStage({ paceMs: 60 });
    const beganAt = performance.now();
    const many = Array.from({ length: 8 }, (_, at) => group.append([at]));
    await turn();
    commits[0]?.settle();
    await Promise.all(many);
    const next = group.append([8]);
    await eventually(() => expect(commits.map(({ items }) => items.length)).toEqual([8, 1]));
    expect(performance.now() - beganAt).toBeGreaterThan(88);
    commits[1]?.settle();
    await next;
  });

  it('refuses everybody when a commit fails, and says once how many', async () => {
    const { group, commits, repairs, events, turn, breakRepair } = createStage();
    breakRepair(true);
    const first = group.append([1]);
    await turn();
    const waiting = group.append([2, 3]);
    commits[0]?.settle(new Error('no space'));
    await expect(first).rejects.toMatchObject(UNAVAILABLE);
    await expect(waiting).rejects.toMatchObject(UNAVAILABLE);
    await expect(group.append([4])).rejects.toMatchObject(UNAVAILABLE);
    expect(group.isWritable()).toBe(false);
    while (repairs.length < 3) await turn();
    breakRepair(false);
    while (!group.isWritable()) await turn();
    expect(new Set(repairs.slice(1))).toEqual(new Set([0]));
    expect([repairs[0], events.map(({ type }) => type)]).toEqual([3, ['failed', 'recovered']]);
    const again = group.append([5]);
    await turn();
    commits[1]?.settle();
    await again;
  });

  it('gives up a commit that takes too long, tells it so, and repairs nothing before it has ended', async () => {
    const { group, commits, repairs, turn } = createStage({ deadlineMs: 5 });
    await expect(group.append([1])).rejects.toMatchObject(UNAVAILABLE);
    expect(commits[0]?.signal.aborted).toBe(true);
    await turn();
    expect(repairs).toEqual([]);
    commits[0]?.settle();
    while (!group.isWritable()) await turn();
    expect(repairs).toEqual([1]);
  });

  it('ends with what is under way, and takes nothing more', async () => {
    const { group, commits, turn } = createStage();
    const last = group.append([1]);
    const closed = group.close();
    await turn();
    commits[0]?.settle();
    await Promise.all([last, closed]);
    await expect(group.append([2])).rejects.toMatchObject(UNAVAILABLE);
  });

  it('has nothing to do for nothing', async () => {
    const { group, commits } = createStage();
    await group.append([]);
    expect(commits).toEqual([]);
  });
});
