import { LINE_BYTES, LINE_END, RECORD_BYTES } from './layout.js';

/** Ways in which an export can be bad, by the name that `PUT /fault` knows. */
export type Damage =
  | 'removed'
  | 'empty'
  | 'html'
  | 'half-written'
  | 'wrong-length'
  | 'bad-count'
  | 'duplicates'
  | 'utf8'
  | 'older';

/** An export in pieces: the head record, pieces of data records, the trail record. */
export type Pieces = readonly Buffer[];

/**
 * Spoils a good export.
 *
 * @returns `null` where there is no file at all. `older` is spoiled by its number alone, so it comes back as it is.
 */
export const spoil = (damage: Damage, pieces: Pieces): Pieces | null => SPOILERS[damage](pieces);

const SPOILERS: Readonly<Record<Damage, (pieces: Pieces) => Pieces | null>> = {
  removed: () => null,
  empty: () => [],
  html: () => [Buffer.from('<html><body><h1>500 Internal Server Error</h1></body></html>\n')],
  'half-written': (pieces) => {
    const whole = Buffer.concat(pieces);
    return [whole.subarray(0, whole.length / 2 + LINE_BYTES / 3)];
  },
  'wrong-length': moveByte,
  'bad-count': (pieces) => [...pieces.slice(0, -1), countUp(pieces.at(-1) as Buffer)],
  duplicates: (pieces) => [
    ...pieces.slice(0, 2),
    (pieces[1] as Buffer).subarray(0, LINE_BYTES),
    ...pieces.slice(2, -1),
    countUp(pieces.at(-1) as Buffer),
  ],
  utf8: (pieces) => pieces.map(toUtf8),
  older: (pieces) => pieces,
};

/** The first data record loses its last byte and the last one gains it: the length of the file is right. */
function moveByte(pieces: Pieces): Pieces {
  const [head, ...data] = pieces.slice(0, -1);
  const bytes = Buffer.concat(data);
  return [
    head as Buffer,
    bytes.subarray(0, RECORD_BYTES - 1),
    bytes.subarray(RECORD_BYTES, -LINE_END.length),
    Buffer.from(` ${LINE_END}`),
    pieces.at(-1) as Buffer,
  ];
}

/** One more in the trail record's count. */
function countUp(trail: Buffer): Buffer {
  const count = Number(trail.toString('latin1', 2, 11)) + 1;
  return Buffer.concat([trail.subarray(0, 2), Buffer.from(String(count).padStart(9, '0')), trail.subarray(11)]);
}

/** What a writer does that takes 256 bytes of UTF-8 for a record. */
function toUtf8(piece: Buffer): Buffer {
  const lines = piece.toString('latin1').split(LINE_END).slice(0, -1);
  const records = lines.map((line) => {
    const record = Buffer.alloc(RECORD_BYTES, ' ');
    Buffer.from(line.replaceAll('\u00a4', '€'), 'utf8').copy(record);
    return Buffer.concat([record, Buffer.from(LINE_END)]);
  });
  return Buffer.concat(records);
}
