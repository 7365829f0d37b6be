import { LINE_BYTES } from './layout.js';

/** Ways in which an export can be bad, by the name that `PUT /fault` knows. */
export type Damage =
  | 'removed'
  | 'empty'
  | 'html'
  | 'half-written'
  | 'wrong-length'
  | 'bad-count'
  | 'duplicates'
  | 'older';

/** An export in lines: the head, an entry each, the trail. */
export type Lines = readonly Buffer[];

/** @returns `null` where there is no file at all. `older` is spoiled by its number alone, so it comes back as it is. */
export const spoil = (damage: Damage, lines: Lines): Buffer | null => SPOILERS[damage](lines);

const SPOILERS: Readonly<Record<Damage, (lines: Lines) => Buffer | null>> = {
  removed: () => null,
  empty: () => Buffer.alloc(0),
  html: () => Buffer.from('<html><body><h1>500 Internal Server Error</h1></body></html>\n'),
  'half-written': (lines) => {
    const whole = Buffer.concat(lines);
    return whole.subarray(0, whole.length / 2 + LINE_BYTES / 3);
  },
  'wrong-length': (lines) => Buffer.concat(lines).subarray(0, -1),
  'bad-count': (lines) => Buffer.concat([...lines.slice(0, -1), countUp(lines.at(-1) as Buffer)]),
  duplicates: (lines) =>
    Buffer.concat([...lines.slice(0, 2), lines[1] as Buffer, ...lines.slice(2, -1), countUp(lines.at(-1) as Buffer)]),
  older: (lines) => Buffer.concat(lines),
};

/** One more in the trail record's count. */
function countUp(trail: Buffer): Buffer {
  const count = Number(trail.toString('latin1', 2, 11)) + 1;
  return Buffer.concat([trail.subarray(0, 2), Buffer.from(String(count).padStart(9, '0')), trail.subarray(11)]);
}
