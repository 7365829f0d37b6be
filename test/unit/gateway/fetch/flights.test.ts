import { describe, expect, it } from '@jest/globals';
import { createFlights } from '../../../../gateway/fetch/flights.js';
import { Leaving } from '../../../../gateway/leaving.js';

const asking = () => {
  const started: { leaving: Leaving; land: (text: string) => void; crash: (error: Error) => void }[] = [];
  const flights = createFlights<string>();
  const ask = (key: string, leaving = new Leaving()) =>
    flights.share(
      key,
      leaving,
      (own) => new Promise((resolve, reject) => started.push({ leaving: own, land: resolve, crash: reject })),
    );
  return { started, ask };
};

describe('flights', () => {
  it('carry equal questions once', async () => {
    const { started, ask } = asking();
    const answers = [ask('a'), ask('a'), ask('a')];
    started[0]?.land('one');
    expect(await Promise.all(answers)).toEqual(['one', 'one', 'one']);
    expect(started).toHaveLength(1);
  });

  it('carry different questions apart', async () => {
    const { started, ask } = asking();
    const answers = [ask('a'), ask('b')];
    started[0]?.land('one');
    started[1]?.land('two');
    expect(await Promise.all(answers)).toEqual(['one', 'two']);
  });

  it('remember nothing once they have landed', async () => {
    const { started, ask } = asking();
    const first = ask('a');
    started[0]?.land('one');
    await first;
    const second = ask('a');
    started[1]?.land('two');
    expect(await second).toBe('two');
  });

  it('tell every passenger of a crash', async () => {
    const { started, ask } = asking();
    const answers = [ask('a'), ask('a')].map((answer) => answer.catch((error: Error) => error.message));
    started[0]?.crash(new Error('broken'));
    expect(await Promise.all(answers)).toEqual(['broken', 'broken']);
  });

  it('go on when who asked first leaves', async () => {
    const { started, ask } = asking();
    const leaving = new Leaving();
    const first = ask('a', leaving).catch(() => 'left');
    const second = ask('a');
    leaving.leave(new Error('gone'));
    expect(await first).toBe('left');
    expect(started[0]?.leaving.hasLeft).toBe(false);
    started[0]?.land('one');
    expect(await second).toBe('one');
  });

  it('are cancelled when everybody has left, and nobody boards them then', async () => {
    const { started, ask } = asking();
    const leaving = new Leaving();
    const first = ask('a', leaving).catch(() => 'left');
    leaving.leave(new Error('gone'));
    expect(await first).toBe('left');
    expect(started[0]?.leaving.hasLeft).toBe(true);
    const second = ask('a');
    started[1]?.land('two');
    expect(await second).toBe('two');
    started[0]?.crash(new Error('cancelled'));
  });
});
