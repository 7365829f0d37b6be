import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { close, type Fault, listen } from '../control.js';
import { answer, type Office } from './answer.js';
import { readCall, writeFault } from './envelope.js';
import { type HttpAnswer, spoil } from './faults.js';
import type { Gate } from './gate.js';
import { readHead } from './read-request.js';

/** The register's front door: `POST /xmeld`, SOAP 1.1. */
export interface FrontDoor {
  /** @returns URL of the service. */
  open(port: number): Promise<string>;
  /** While it is shut nothing listens on the port, and no connection lives on. */
  shut(isShut: boolean): Promise<void>;
}

export interface Watch {
  readonly fault: Fault;
  count(kind: string): void;
}

const MAX_BODY_BYTES = 5 * 1024 * 1024;
const PATH = '/xmeld';

export function createFrontDoor(office: Office, gate: Gate, watch: Watch): FrontDoor {
  const server = createServer((request, response) => {
    serve(request, response, { office, gate, watch }).catch((error: NodeJS.ErrnoException) => {
      // A caller who has run out of patience is no event.
      if (error.code !== 'ECONNRESET') process.stderr.write(`${error.stack}\n`);
      response.destroy();
    });
  });
  let ownPort = 0;
  return {
    async open(port) {
      const url = await listen(server, port);
      ownPort = Number(new URL(url).port);
      return `${url}${PATH}`;
    },
    async shut(isShut) {
      if (isShut && server.listening) await close(server);
      if (!isShut && !server.listening) await listen(server, ownPort);
    },
  };
}

interface Inside {
  readonly office: Office;
  readonly gate: Gate;
  readonly watch: Watch;
}

async function serve(request: IncomingMessage, response: ServerResponse, inside: Inside): Promise<void> {
  const { fault } = inside.watch;
  if (fault.error === 'refuse') return void request.socket.resetAndDestroy();
  const body = await readBody(request);
  const answered = respond(request, body, inside);
  if (fault.latencyMs > 0) await wait(fault.latencyMs, undefined, { ref: false });
  if (fault.error === 'silent') return;
  response.writeHead(answered.status, { 'content-type': answered.type }).end(answered.body);
}

function respond(request: IncomingMessage, body: string | null, { office, gate, watch }: Inside): HttpAnswer {
  const refused = (status: number, text: string): HttpAnswer => ({ status, type: 'text/plain', body: text });
  if (request.url !== PATH) return refused(404, 'not found');
  if (request.method !== 'POST') return refused(405, 'POST only');
  const ownAgs = gate.admit(request.headers.authorization);
  if (ownAgs === null) {
    watch.count('refused');
    return refused(401, 'unknown technical user');
  }
  if (!/^text\/xml\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return refused(415, 'text/xml only');
  if (request.headers.soapaction === undefined) return clientFault('SOAPAction is missing');
  if (body === null) return refused(413, 'too large');
  try {
    const { head, root } = readHead(readCall(body));
    watch.count(head.number);
    const ags = head.reader.replace(/^ags:/, '');
    return spoil(watch.fault, { message: answer(head, root, within(office, ownAgs)), uuid: head.uuid, ags });
  } catch (error) {
    return clientFault((error as Error).message);
  }
}

/** What a technical user sees: the register of their municipality, as if there were no other. */
function within(office: Office, ownAgs: string): Office {
  const holds = (ags: string) => ags === ownAgs && office.register.holds(ags);
  return { ...office, register: { ...office.register, holds } };
}

const clientFault = (text: string): HttpAnswer => ({
  status: 500,
  type: 'text/xml; charset=utf-8',
  body: writeFault('Client', text),
});

/** @returns `null` for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return bytes > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}
