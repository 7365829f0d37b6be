import { describe, expect, it } from '@jest/globals';
import { createEpochs } from '../../../../gateway/cache/epochs.js';
import { createRunCurrent } from '../../../../gateway/cache/overtaken.js';
import { Sources } from '../../../../gateway/cache/sources.js';
import { NOTHING_DISCLOSED } from '../../../../gateway/disclosed.js';
import { someCaller } from '../../../support/some-caller.js';

const TAG = 'entity:Town:{"ags":"1"}';

function open(isKeepable = true) {
  const epochs = createEpochs();
  const taggerOf = () => {
    throw new Error('Nothing personal is in these answers.');
  };
  const runCurrent = createRunCurrent({ caches: epochs, taggerOf });
  const sources = new Sources({ at: 1000, watermark: 0 }, isKeepable);
  const context = { requestId: 'r', caller: someCaller({ subject: 'one' }), signal: AbortSignal.any([]), sources };
  return { epochs, runCurrent, sources, context };
}

type Given = ReturnType<typeof open>;

describe('a query', () => {
  it.each<readonly [string, boolean, (given: Given) => void, string]>([
    ['what is past its time', true, ({ sources }) => sources.addStale(5000, [TAG]), TAG],
    [
      'what nobody keeps as a whole',
      false,
      ({ sources }) => sources.add({ storedAt: 1000, freshMs: 1, isPublic: true, tags: [TAG] }, 'everywhere'),
      TAG,
    ],
    [
      'what stands beside something that may not be kept',
      true,
      ({ sources }) => {
        sources.refuse();
        sources.add({ storedAt: 1000, freshMs: 1, isPublic: true, tags: [TAG] }, 'everywhere');
      },
      TAG,
    ],
    ['whoever asks', true, () => undefined, 'person:one'],
  ])('runs again where %s was invalidated meanwhile', async (_, isKeepable, answer, tag) => {
    const given = open(isKeepable);
    let runs = 0;
    const run = async () => {
      runs += 1;
      answer(given);
      if (runs === 1) given.epochs.invalidate([tag], 1);
      return NOTHING_DISCLOSED;
    };
    await given.runCurrent(run, given.context);
    expect(runs).toBe(2);
  });

  it('runs once where something else was', async () => {
    const given = open();
    let runs = 0;
    const run = async () => {
      runs += 1;
      given.sources.addStale(5000, [TAG]);
      given.epochs.invalidate(['entity:Town:{"ags":"2"}'], 1);
      return NOTHING_DISCLOSED;
    };
    await given.runCurrent(run, given.context);
    expect(runs).toBe(1);
  });

  it('is refused where it is invalidated again and again', async () => {
    const given = open();
    let runs = 0;
    const run = async () => {
      runs += 1;
      given.epochs.invalidate(['person:one'], runs);
      return NOTHING_DISCLOSED;
    };
    await expect(given.runCurrent(run, given.context)).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(runs).toBe(3);
  });
});
