import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chain, FIRST_PREVIOUS, formatLine, type Line, linkOf, readLine } from '../../lib/audit/line.js';
import { type Problem, type Verification, verifyLog } from '../../lib/audit/verify.js';
import { type AuditPlace, createAuditPlace, entryOf } from '../support/audit-log.js';

let place: AuditPlace;
let other: AuditPlace;
let dir: string;
/** Bytes of each segment of the untouched log, by name, in order. */
let whole: [string, Buffer][];

beforeAll(async () => {
  place = createAuditPlace();
  other = createAuditPlace();
  for (const { open } of [place, other]) {
    const store = await open({ segmentBytes: 12_000 });
    for (let at = 0; at < 12; at += 1)
      await Promise.all([0, 1, 2].map((more) => store.append(entriesOf(`R${at}-${more}`, `1004511${more}`))));
    await store.close();
  }
  dir = join(place.folder, 'copy');
  whole = segmentsOf(place.dir);
}, 30_000);
afterAll(async () => {
  for (const { remove } of [place, other]) await remove();
});

/** One line of two accesses. */
const entriesOf = (id: string, controller: string) =>
  [id, `${id}-too`].map((one) => entryOf(one, { register: 'permits', controller }));

const segmentsOf = (folder: string): [string, Buffer][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name))]);

const verify = (folder = dir, head: string | null = readFileSync(place.headPath, 'utf8')): Promise<Verification> =>
  verifyLog({ dir: folder, publicKeys: place.keys.publicKeys, head, today: '2026-04-01', isLive: false });

/** Verifies the log as `change` left it. */
async function after(change: (segments: Map<string, Buffer>) => void): Promise<Verification> {
  const segments = new Map(whole.map(([name, bytes]) => [name, Buffer.from(bytes)]));
  change(segments);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  for (const [name, bytes] of segments) writeFileSync(join(dir, name), bytes);
  return verify();
}

const linesOf = (bytes: Buffer): string[] => bytes.toString('latin1').split('\n').slice(0, -1);
const toBytes = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
const nameAt = (at: number): string => whole[at % whole.length]?.[0] ?? '';
const allLines = (): string[] => whole.flatMap(([, bytes]) => linesOf(bytes));
const lineAt = (sequence: number): Line => {
  const line = readLine(allLines()[sequence - 1] ?? '');
  if (line === null) throw new Error(`no line ${sequence}`);
  return line;
};

/** Changes the lines of one segment. */
const editing =
  (at: number, edit: (lines: string[]) => string[]) =>
  (segments: Map<string, Buffer>): void =>
    void segments.set(nameAt(at), toBytes(edit(linesOf(segments.get(nameAt(at)) ?? Buffer.alloc(0)))));

describe('an untouched log', () => {
  it('is whole, in several segments, with commits of several lines', async () => {
    expect(await verify(place.dir)).toMatchObject({ isSound: true, findings: [], deleted: 0, pending: 0 });
    expect(whole.length).toBeGreaterThan(2);
    expect(allLines().length).toBeGreaterThan(36);
    expect(allLines().filter((line) => line.includes('"signed":false')).length).toBeGreaterThan(5);
  });

  it('is whole without its indexes too', async () => {
    expect(await after(() => undefined)).toMatchObject({ isSound: true, lines: allLines().length });
  });
});

describe('the verifier names the first bad record', () => {
  const second = 1;
  const cases: [string, Problem, (segments: Map<string, Buffer>) => void, number | null][] = [];
  const add = (...row: (typeof cases)[number]) => cases.push(row);
  const firstOf = (at: number) => Number(nameAt(at).slice(0, 16));

  beforeAll(() => {
    const begin = firstOf(second);
    const drop = (place: number) => editing(second, (lines) => lines.toSpliced(place, 1));
    add(
      'a payload changed',
      'changed',
      editing(second, (all) => all.with(2, all[2]?.replace('AZ 12', 'AZ 13') ?? '')),
      begin + 2,
    );
    add(
      'a header changed',
      'changed',
      editing(second, (all) => all.with(2, all[2]?.replace('"permits"', '"permitz"') ?? '')),
      begin + 2,
    );
    add('a record deleted', 'out-of-order', drop(2), begin + 3);
    add(
      'a record repeated',
      'out-of-order',
      editing(second, (all) => all.toSpliced(2, 0, all[1] ?? '')),
      begin + 1,
    );
    add(
      'two records exchanged',
      'out-of-order',
      editing(second, (all) => all.with(2, all[3] ?? '').with(3, all[2] ?? '')),
      begin + 3,
    );
    add(
      'a payload gone before its time',
      'payload-missing',
      editing(second, (all) => all.with(2, formatLine({ ...lineAt(begin + 2), payload: null }))),
      begin + 2,
    );
    add(
      'a line that is none',
      'unreadable',
      editing(second, (all) => all.with(2, '{}')),
      null,
    );
    add(
      'a segment gone',
      'segment-misnamed',
      (segments) => segments.set(nameAt(1), segments.get(nameAt(2)) ?? Buffer.alloc(0)),
      firstOf(2),
    );
    add('a segment left out', 'out-of-order', (segments) => segments.delete(nameAt(1)), firstOf(2));
    add('the first segment left out', 'out-of-order', (segments) => segments.delete(nameAt(0)), firstOf(1));
    add(
      'the end cut off',
      'behind-head',
      (segments) => segments.delete(nameAt(whole.length - 1)),
      firstOf(whole.length - 1) - 1,
    );
    add('everything gone', 'behind-head', (segments) => segments.clear(), null);
    add(
      'a forged record appended',
      'signature-wrong',
      (segments) => append(segments, forge(true)),
      allLines().length + 1,
    );
    add(
      'an unsigned record appended',
      'unsigned-tail',
      (segments) => append(segments, forge(false)),
      allLines().length + 1,
    );
    add('an older record appended', 'out-of-order', (segments) => append(segments, allLines()[4] ?? ''), 5);
  });

  const append = (segments: Map<string, Buffer>, line: string) => {
    const name = nameAt(whole.length - 1);
    segments.set(name, Buffer.concat([segments.get(name) ?? Buffer.alloc(0), toBytes([line])]));
  };
  const forge = (signed: boolean): string => {
    const last = lineAt(allLines().length);
    const { kind, register, deleteFrom, digest, payload } = lineAt(3);
    const draft = { kind, register, deleteFrom, digest, payload: payload ?? '' };
    const sign = signed ? () => last.signature ?? '' : null;
    return formatLine(chain(draft, { sequence: last.sequence + 1, previous: linkOf(last) }, sign));
  };

  it('in every case', async () => {
    for (const [what, problem, change, sequence] of cases) {
      const { isSound, findings } = await after(change);
      const [first] = findings;
      expect([what, isSound, first?.problem, first?.sequence]).toEqual([what, false, problem, sequence]);
    }
    expect(cases.length).toBe(15);
  });
});

describe('a log that somebody without the key has written anew', () => {
  /** Every line from `from` on with hashes that fit: what anybody can do who can write the files. */
  const rewrite = (from: number): string[] => {
    let previous = from === 1 ? FIRST_PREVIOUS : linkOf(lineAt(from - 1));
    return allLines().map((text, at) => {
      if (at + 1 < from) return text;
      const { kind, register, deleteFrom, digest, payload, signature } = lineAt(at + 1);
      const draft = {
        kind,
        register: at + 1 === from ? 'vehicles' : register,
        deleteFrom,
        digest,
        payload: payload ?? '',
      };
      const line = chain(draft, { sequence: at + 1, previous }, signature === null ? null : () => signature);
      previous = linkOf(line);
      return formatLine(line);
    });
  };

  it.each([1, 2, 9, 20])('from record %i on is found at the first signature behind it', async (from) => {
    const lines = rewrite(from);
    const { findings } = await after((segments) => {
      for (const [name, bytes] of whole) {
        const first = Number(name.slice(0, 16));
        segments.set(name, toBytes(lines.slice(first - 1, first - 1 + linesOf(bytes).length)));
      }
    });
    const signed = allLines().findIndex((text, at) => at + 1 >= from && text.includes('"signed":true')) + 1;
    expect(findings[0]).toMatchObject({ problem: 'signature-wrong', sequence: signed });
  });

  it('or put in the place of this one is not its', async () => {
    const { findings } = await verify(other.dir);
    expect(findings[0]).toMatchObject({ problem: 'signature-wrong', sequence: 1 });
    const own = { publicKeys: other.keys.publicKeys, today: '2026-04-01', isLive: false, dir: other.dir };
    const replaced = await verifyLog({ ...own, head: readFileSync(place.headPath, 'utf8') });
    expect(replaced.findings).toMatchObject([{ problem: 'head-wrong' }]);
    expect((await verifyLog({ ...own, head: 'nonsense' })).findings).toMatchObject([{ problem: 'head-wrong' }]);
  });
});

it('finds an index that hides somebody', async () => {
  rmSync(dir, { recursive: true, force: true });
  cpSync(place.dir, dir, { recursive: true });
  const name = nameAt(1).replace('.jsonl', '.index');
  expect(existsSync(join(dir, name))).toBe(true);
  const bytes = readFileSync(join(dir, name));
  bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
  writeFileSync(join(dir, name), bytes);
  expect((await verify()).findings).toMatchObject([{ problem: 'index-wrong', segment: nameAt(1) }]);
});

describe('a thousand manipulations', () => {
  /** Equal numbers for equal seeds. */
  const numbers = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
  };
  const manipulate = (segments: Map<string, Buffer>, random: (below: number) => number): string => {
    const name = nameAt(random(whole.length));
    const bytes = segments.get(name) ?? Buffer.alloc(0);
    const lines = linesOf(bytes);
    const at = random(lines.length);
    const kind = ['flip', 'delete', 'repeat', 'move', 'cut', 'insert', 'swap', 'lose', 'strip', 'exchange'][random(10)];
    if (kind === 'flip') {
      const place = random(bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << random(8));
    } else if (kind === 'cut') segments.set(name, bytes.subarray(0, random(bytes.length)));
    else if (kind === 'lose') segments.delete(name);
    else if (kind === 'exchange') {
      const next = nameAt(whole.findIndex(([own]) => own === name) + 1);
      segments.set(name, segments.get(next) ?? bytes).set(next, bytes);
    } else if (kind === 'delete') segments.set(name, toBytes(lines.toSpliced(at, 1 + random(lines.length - at))));
    else if (kind === 'repeat') segments.set(name, toBytes(lines.toSpliced(at, 0, lines[at] ?? '')));
    else if (kind === 'insert') segments.set(name, toBytes(lines.toSpliced(at, 0, allLines()[random(10)] ?? '')));
    else if (kind === 'move') segments.set(name, toBytes([...lines.toSpliced(at, 1), lines[at] ?? '']));
    else if (kind === 'strip')
      segments.set(
        name,
        toBytes(lines.with(at, (lines[at] ?? '').replace(/"payload":.*}(?=,"signature"|}$)/, '"payload":null'))),
      );
    else segments.set(name, toBytes(lines.toReversed()));
    return kind ?? '';
  };

  it('are all found', async () => {
    const missed: string[] = [];
    const kinds = new Set<string>();
    let made = 0;
    for (let seed = 1; made < 1000; seed += 1) {
      let kind = '';
      const result = await after((segments) => {
        kind = manipulate(segments, numbers(seed));
      });
      if (whole.every(([name, bytes]) => existsSync(join(dir, name)) && readFileSync(join(dir, name)).equals(bytes)))
        continue;
      made += 1;
      kinds.add(kind);
      if (result.isSound) missed.push(`${kind}, seed ${seed}`);
    }
    expect(missed).toEqual([]);
    expect(kinds.size).toBe(10);
  }, 120_000);
});
