import { expect, it } from '@jest/globals';
import { progress } from '../../../cli/progress.js';

const written = (isTTY: boolean): string => {
  let text = '';
  progress('Composing 8 subgraphs', {
    isTTY,
    write: (more: unknown) => {
      text += String(more);
      return true;
    },
  });
  return text;
};

it('is told to people', () => expect(written(true)).toBe('Composing 8 subgraphs …\n'));
it('is not told to programs', () => expect(written(false)).toBe(''));
