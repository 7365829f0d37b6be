import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { AppError } from '../../../../lib/errors.js';
import { guard } from '../../../../lib/subgraph/guard.js';
import { type LinkedFile, type Refusal, serveLinkedFiles } from '../../../../lib/subgraph/linked-files.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const FILE = (): LinkedFile => ({
  name: 'a.pdf',
  mediaType: 'application/pdf',
  bytes: 5,
  stream: Readable.from([Buffer.from('%PDF-')]),
});

let server: FastifyInstance;
afterEach(() => server.close());

function serve(open: (connector: string, link: string) => Promise<LinkedFile | Refusal>): FastifyInstance {
  server = Fastify({ routerOptions: { maxParamLength: 16_384 } });
  guard(server, () => 'missing', silent);
  serveLinkedFiles(server, { path: 'files', open }, { connector: 'the connector', log: silent });
  server.get('/other', () => 'never');
  return server;
}
const get = async (url: string) => {
  const { statusCode, body } = await server.inject({ method: 'GET', url });
  return [statusCode, body];
};

describe('files by links', () => {
  it('are sent without the proof that every other path wants', async () => {
    serve(async (connector, link) => (connector === 'the connector' && link === 'x' ? FILE() : 404));
    expect(await get('/files/x')).toEqual([200, '%PDF-']);
    for (const path of ['/files', '/files/', '/files/x/y', '/other', '/nothing']) {
      const [status, body] = await get(path);
      expect([path, [401, 404].includes(Number(status)), body]).toEqual([path, true, '']);
    }
  });

  it.each<[string, () => Promise<Refusal>, number]>([
    ['what nobody gave out', async () => 404, 404],
    ['what is over', async () => 410, 410],
    ['a store that is away', async () => Promise.reject(new AppError('LEGACY_UNAVAILABLE')), 503],
    ['a store that is late', async () => Promise.reject(new AppError('LEGACY_TIMEOUT')), 504],
    ['a failure of ours', async () => Promise.reject(new Error('/secret/path')), 500],
  ])('are refused with an empty body: %s', async (_, open, status) => {
    serve(open);
    expect(await get('/files/x')).toEqual([status, '']);
  });

  it('are not looked for by a link that is too long', async () => {
    serve(async () => FILE());
    expect(await get(`/files/${'x'.repeat(2048)}`)).toEqual([200, '%PDF-']);
    expect(await get(`/files/${'x'.repeat(2049)}`)).toEqual([404, '']);
  });

  it('are sent to so many at once, and to the next one when one of them is done', async () => {
    const waiting: ((file: LinkedFile) => void)[] = [];
    serve(() => new Promise((resolve) => void waiting.push(resolve)));
    const first = Array.from({ length: 64 }, () => get('/files/x'));
    while (waiting.length < 64) await new Promise(setImmediate);
    expect(await get('/files/x')).toEqual([503, '']);
    for (const resolve of waiting.splice(0)) resolve(FILE());
    expect(new Set((await Promise.all(first)).map(([status]) => status))).toEqual(new Set([200]));
    const next = get('/files/x');
    while (waiting.length < 1) await new Promise(setImmediate);
    waiting[0]?.(FILE());
    expect(await next).toEqual([200, '%PDF-']);
  });
});
