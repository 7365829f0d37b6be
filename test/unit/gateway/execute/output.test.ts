import { describe, expect, it } from '@jest/globals';
import { Output } from '../../../../gateway/execute/output.js';

describe('output', () => {
  it.each([
    [
      '',
      'plain',
      'with "quotes" and \\',
      'tab\tnew\nline\u0000\u001f\u007f',
      'Łódź ß €',
      '\u{1f600}',
      '\ud800 alone',
      '\u2028',
    ],
    ['plain '.repeat(40), `${'long '.repeat(40)}"`, `${'long '.repeat(40)}ß`],
  ])('writes texts as JSON.stringify does', (...texts) => {
    for (const text of texts.flat()) {
      const out = new Output();
      out.quoted(text);
      expect(out.toString()).toBe(JSON.stringify(text));
    }
  });

  it('grows, takes back and repeats', () => {
    const out = new Output();
    out.ascii('[');
    const start = out.length;
    out.json(`"${'ä'.repeat(100_000)}"`);
    out.rewind(start);
    out.quoted('a');
    const end = out.length;
    out.ascii(',');
    out.repeat(start, end);
    out.ascii(']');
    expect(out.toString()).toBe('["a","a"]');
    out.reset();
    out.ascii('{}');
    expect(out.toString()).toBe('{}');
  });

  it('refuses to grow beyond its bound, and goes on after that', () => {
    const out = new Output(100_000);
    out.quoted('a'.repeat(90_000));
    expect(() => out.json(JSON.stringify('ä'.repeat(10_000)))).toThrow(
      expect.objectContaining({ extensions: { code: 'LIMIT_COST', limit: 100_000 } }),
    );
    out.reset();
    out.json(JSON.stringify('ä'.repeat(40_000)));
    expect(out.toBytes('{', '}').toString()).toBe(`{"${'ä'.repeat(40_000)}"}`);
  });
});
