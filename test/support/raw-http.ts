import { connect, type Socket } from 'node:net';

/** Whoever has been silent for so long has said all. */
const SILENCE_MS = 400;

/** Connects and says exactly `text`. @returns All that came back until the server closed, or had no more to say. */
export function speak(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket: Socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text, 'latin1'));
    socket.setTimeout(SILENCE_MS, () => socket.end());
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    // A reset after the answer is a way to close.
    socket.on('error', () => resolve(received));
    socket.on('close', () => resolve(received));
  });
}

/** A number from 0 to `below - 1`. */
export type Draw = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const BODY = '{"query":"{motto}"}';
const SIZE = `content-length: ${BODY.length}`;
const CHUNKS = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
/** What a request must not smuggle in. */
const SECOND = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n';

export const request = (lines: readonly string[], body: string): string =>
  ['POST /graphql HTTP/1.1', ...lines, '', body].join('\r\n');

const GOOD = ['host: a', 'content-type: application/json'];
export const GOOD_REQUEST = request([...GOOD, SIZE], BODY);

/** Lines with one more at a place that is drawn; what is wrong stays wrong there. */
function insert(draw: Draw, line: string, lines: readonly string[] = [...GOOD, SIZE]): string[] {
  const place = draw(lines.length) + 1;
  return [...lines.slice(0, place), line, ...lines.slice(place)];
}

const pick = <Item>(draw: Draw, items: readonly Item[]): Item => items[draw(items.length)] as Item;
const noise = (draw: Draw, length: number): string =>
  Array.from({ length }, () => String.fromCharCode(draw(256))).join('');

/** Ways to write what nobody may accept; each is wrong whatever is drawn. */
const WAYS: readonly ((draw: Draw) => string)[] = [
  (draw) => request(insert(draw, 'transfer-encoding: chunked'), pick(draw, [BODY, CHUNKS, '0\r\n\r\n'])),
  (draw) => request(insert(draw, `content-length: ${draw(40)}`), BODY),
  (draw) => request(insert(draw, SIZE), BODY),
  (draw) =>
    request(
      [
        ...GOOD,
        `content-length: ${pick(draw, ['+19', '-19', '0x13', '19, 19', '1 9', '', '19.0', '٣', '9'.repeat(30)])}`,
      ],
      BODY,
    ),
  (draw) =>
    request(
      [
        ...GOOD,
        `transfer-encoding: ${pick(draw, ['xchunked', 'chunked, identity', 'gzip, chunked', 'chunked, chunked', 'identity', '', '\x0bchunked'])}`,
      ],
      CHUNKS,
    ),
  (draw) =>
    request(
      [...GOOD, 'transfer-encoding: chunked', `transfer-encoding: ${pick(draw, ['chunked', 'identity', 'x'])}`],
      CHUNKS,
    ),
  (draw) =>
    request(
      [...GOOD, 'transfer-encoding: chunked'],
      pick(draw, [
        `0x13\r\n${BODY}\r\n0\r\n\r\n`,
        `13\n${BODY}\r\n0\r\n\r\n`,
        `13\r\n${BODY}0\r\n\r\n`,
        `-1\r\n${BODY}\r\n0\r\n\r\n`,
        `fffffffffffffffff\r\n${BODY}`,
        `13\r${BODY}\r\n0\r\n\r\n`,
        `13 \n${BODY}\r\n0\r\n\r\n`,
        `\r\n${BODY}`,
      ]),
    ),
  (draw) => request(insert(draw, `x: a\r\n${pick(draw, [' ', '\t'])}b`), BODY),
  (draw) => request(insert(draw, `x: a\r${pick(draw, ['b', ' b', 'content-length: 3'])}`), BODY),
  (draw) => request(insert(draw, `x: a\n${pick(draw, ['y: b', 'content-length: 3', ''])}`), BODY),
  () => GOOD_REQUEST.replaceAll('\r\n', '\n'),
  () => GOOD_REQUEST.replaceAll('\r\n', '\r'),
  (draw) =>
    request(
      insert(
        draw,
        pick(draw, [
          'x',
          'x y: a',
          ': a',
          ' x: a',
          'x : a',
          'x\0: a',
          'x: a\0b',
          'x: \x01',
          '(x): a',
          'x\x7f: a',
          'é: a',
        ]),
      ),
      BODY,
    ),
  (draw) =>
    request(
      pick(draw, [['content-type: application/json', SIZE], insert(draw, 'host: b'), insert(draw, 'Host: a')]),
      BODY,
    ),
  (draw) =>
    GOOD_REQUEST.replace(
      'HTTP/1.1',
      pick(draw, [
        'HTTP/2.0',
        'HTTP/1.2',
        'HTTP/0.9',
        'HTTP/11',
        'HTTP/1',
        'http/1.1',
        'HTTPS/1.1',
        'RTSP/1.0',
        'HTTP/1.1 ',
        'HTTP/1.1x',
      ]),
    ),
  (draw) =>
    GOOD_REQUEST.replace(
      'POST',
      pick(draw, ['post', 'POSTX', 'GRAPHQL', 'P OST', '\tPOST', ' POST', 'PO\0ST', '{"query":', '']),
    ),
  (draw) =>
    GOOD_REQUEST.replace(
      '/graphql',
      pick(draw, ['http://b/graphql', 'graphql', '/graphql\0', '/gra phql', '/graphql\t', '', '/graphql\r']),
    ),
  (draw) => request(insert(draw, `x: ${'a'.repeat(16_384 + draw(1000))}`), BODY),
  (draw) => request([...GOOD, SIZE, ...Array.from({ length: 101 + draw(200) }, (_, index) => `x${index}: a`)], BODY),
  (draw) => request(insert(draw, `expect: ${pick(draw, ['200-ok', 'x', '100'])}`), BODY),
  (draw) =>
    request(insert(draw, `upgrade: websocket\r\nconnection: ${pick(draw, ['upgrade', 'keep-alive, Upgrade'])}`), BODY),
  (draw) => GOOD_REQUEST.replace(SIZE, `content-length: ${BODY.length + 1 + draw(1000)}`),
  (draw) => GOOD_REQUEST.slice(0, 1 + draw(GOOD_REQUEST.length - 1)),
  (draw) => `\x16\x03\x01${noise(draw, 200)}`,
  (draw) => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${noise(draw, 20)}`,
  (draw) => `${noise(draw, 1 + draw(300))}\r\n\r\n`,
];

/** Texts that are no HTTP of ours, each with a good request behind it that nobody may read, where there is room for one. */
export function listBadStreams(count: number, seed: number): string[] {
  const draw = createDraw(seed);
  return Array.from({ length: count }, (_, index) => {
    const way = WAYS[index % WAYS.length] as (draw: Draw) => string;
    const text = way(draw);
    const isCutShort = GOOD_REQUEST.startsWith(text) || /content-length: (2\d|\d{3,})\r\n\r\n\{/.test(text);
    return isCutShort ? text : `${text}${SECOND}`;
  });
}
