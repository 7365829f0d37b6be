import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { vehicleClerk } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { type ResidentsOffice, startResidentsOffice } from '../support/residents-office.js';

const DEADLINE_MS = 600;
const AGS = '10045114';
const CLERK = vehicleClerk('10045*');
const QUERY = 'query ($ags: AGS!, $id: ID!) { resident(ags: $ags, id: $id) { familyName } }';
const MARKER = 'planted-marker ORA-00942 at 10.1.2.3';
const XML = { 'content-type': 'text/xml; charset=utf-8' };
const ENVELOPE = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><callApplicationByteReturn>YQ==</callApplicationByteReturn></s:Body></s:Envelope>`;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('the residents subgraph over a system that breaks SOAP itself', () => {
  const received: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let handler: Handler;
  let office: ResidentsOffice;
  const server = createServer((request, response) => {
    received.push(request);
    handler(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    office = await startResidentsOffice({
      provider: 'spk',
      serves: [],
      size: 0,
      today: '2026-03-20',
      deadlineMs: DEADLINE_MS,
      legacyUrl: urlOf('/xmeld'),
      credentials: `${AGS}:homburg:a:b`,
    });
  }, 60_000);
  beforeEach(() => {
    received.length = 0;
  });
  afterAll(async () => {
    await office?.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const urlOf = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const ask = (id = 'made-up') => office.query(QUERY, { caller: CLERK, variables: { ags: AGS, id } });

  it.each<[string, Handler, string]>([
    ['401', (_, response) => response.writeHead(401).end(MARKER), 'LEGACY_MALFORMED'],
    ['404', (_, response) => response.writeHead(404, XML).end(MARKER), 'LEGACY_MALFORMED'],
    ['503', (_, response) => response.writeHead(503, { 'retry-after': '60' }).end(MARKER), 'LEGACY_UNAVAILABLE'],
    ['204', (_, response) => response.writeHead(204, XML).end(), 'LEGACY_MALFORMED'],
    [
      'JSON',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      'LEGACY_MALFORMED',
    ],
    ['no content type', (_, response) => response.writeHead(200).end(ENVELOPE), 'LEGACY_MALFORMED'],
    [
      'another charset',
      (_, response) => response.writeHead(200, { 'content-type': 'text/xml; charset=ISO-8859-1' }).end(ENVELOPE),
      'LEGACY_MALFORMED',
    ],
    [
      'a compressed answer',
      (_, response) => response.writeHead(200, { ...XML, 'content-encoding': 'gzip' }).end(gzipSync(ENVELOPE)),
      'LEGACY_MALFORMED',
    ],
    ['an envelope around nothing', (_, response) => response.writeHead(200, XML).end(ENVELOPE), 'LEGACY_MALFORMED'],
    [
      'an end in the middle',
      (_, response) => {
        response.writeHead(200, { ...XML, 'content-length': '1000' }).write(ENVELOPE.slice(0, 50));
        setImmediate(() => response.destroy());
      },
      'LEGACY_MALFORMED',
    ],
    ['no HTTP', (request) => request.socket.end('220 mail.example ESMTP\r\n'), 'LEGACY_MALFORMED'],
    [
      'a byte now and then',
      (_, response) => {
        response.writeHead(200, XML).write('<');
        const drip = setInterval(() => response.write(' '), 50);
        response.once('close', () => clearInterval(drip));
      },
      'LEGACY_TIMEOUT',
    ],
  ])('answers %s within its deadline, with nothing of it', async (_, broken, code) => {
    handler = broken;
    const beganAt = performance.now();
    const answer = await ask();
    expect(performance.now() - beganAt).toBeLessThan(DEADLINE_MS + 400);
    expect(answer).toMatchObject({ status: 200, data: { resident: null }, errors: [{ extensions: { code } }] });
    expect(answer.text).not.toMatch(/planted|ORA|10\.1\.2\.3|127\.0\.0\.1|ESMTP/);
  });

  it('does not follow a redirect, which would send personal data elsewhere', async () => {
    handler = (_, response) => response.writeHead(307, { location: urlOf('/elsewhere') }).end();
    expect((await ask()).errors).toMatchObject([{ extensions: { code: 'LEGACY_MALFORMED' } }]);
    expect(received.map(({ url }) => url)).toEqual(['/xmeld']);
  });

  it('cuts an answer without end, and lets go of its connection', async () => {
    let written = 0;
    handler = (_, response) => {
      response.writeHead(200, XML);
      const filler = Buffer.alloc(256 * 1024, 32);
      const pour = () => {
        while (!response.destroyed && response.write(filler)) written += filler.length;
      };
      response.on('drain', pour);
      pour();
    };
    expect((await ask()).errors).toMatchObject([{ extensions: { code: 'LEGACY_MALFORMED' } }]);
    await eventually(() => expect(received.filter(({ socket }) => sockets.has(socket)).length).toBe(0));
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('speaks SOAP 1.1 with the technical user of the municipality, and takes no other representation', async () => {
    handler = (_, response) => response.writeHead(503).end();
    await ask();
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      authorization: `Basic ${Buffer.from('homburg:a:b').toString('base64')}`,
    });
    expect(received[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  it('holds 32 connections at most, and keeps them', async () => {
    const waiting: ServerResponse[] = [];
    let connections = 0;
    const onConnection = () => void connections++;
    server.on('connection', onConnection);
    handler = (_, response) => {
      waiting.push(response);
      if (waiting.length < 32 && received.length < 100) return;
      for (const one of waiting.splice(0)) one.writeHead(503).end();
    };
    const answers = await Promise.all(Array.from({ length: 100 }, (_, number) => ask(`made-up-${number}`)));
    server.off('connection', onConnection);
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code);
    expect(new Set(codes)).toEqual(new Set(['LEGACY_UNAVAILABLE']));
    expect(received).toHaveLength(100);
    expect(connections).toBeLessThanOrEqual(32);
  });

  it('lets go of connections on which nothing comes', async () => {
    handler = () => undefined;
    const answers = await Promise.all(Array.from({ length: 5 }, (_, number) => ask(`made-up-${number}`)));
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code);
    expect(new Set(codes)).toEqual(new Set(['LEGACY_TIMEOUT']));
    await eventually(() => expect(received.filter(({ socket }) => sockets.has(socket)).length).toBe(0));
  });
});
