import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { close, type Fault, listen } from '../control.js';
import { spoil } from './faults.js';
import type { Feed } from './feed.js';

/** `GET /bereitstelldienst/objekte?abIndex=N&anzahl=M`: the changes from number N on, at most M. */
export interface FrontDoor {
  /** @returns Base URL. */
  open(port: number): Promise<string>;
  /** While it is shut nothing listens on the port, and no connection lives on. */
  shut(isShut: boolean): Promise<void>;
}

export interface Watch {
  readonly fault: Fault;
  count(kind: string): void;
}

const PATH = '/bereitstelldienst/objekte';
const MOST_OBJECTS = 1000;

export function createFrontDoor(feed: Feed, watch: Watch): FrontDoor {
  const server = createServer((request, response) => {
    serve(request, response, { feed, watch }).catch((error: NodeJS.ErrnoException) => {
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
      return url;
    },
    async shut(isShut) {
      if (isShut && server.listening) await close(server);
      if (!isShut && !server.listening) await listen(server, ownPort);
    },
  };
}

interface Inside {
  readonly feed: Feed;
  readonly watch: Watch;
}

async function serve(request: IncomingMessage, response: ServerResponse, inside: Inside): Promise<void> {
  const { fault } = inside.watch;
  if (fault.error === 'refuse') {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault.latencyMs > 0) await wait(fault.latencyMs, undefined, { ref: false });
  if (fault.error === 'silent') return;
  const { status, headers, body } = respond(request, inside);
  response.writeHead(status, headers).end(body);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function respond(request: IncomingMessage, { feed, watch }: Inside): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://catalogue.example');
  if (pathname !== PATH) return refused(404);
  if (request.method !== 'GET') return refused(405);
  const from = Number(searchParams.get('abIndex') ?? '0');
  const count = Number(searchParams.get('anzahl') ?? String(MOST_OBJECTS));
  if (!Number.isSafeInteger(from) || from < 0 || !(count >= 1 && count <= MOST_OBJECTS)) return refused(400);
  const etag = `"${feed.version()}-${from}-${count}"`;
  const spoils = watch.fault.error !== null || watch.fault.special !== undefined;
  if (!spoils && request.headers['if-none-match'] === etag) {
    watch.count('unchanged');
    return { status: 304, headers: { etag }, body: '' };
  }
  const page = feed.page(from, count);
  if (page === null) return refused(410);
  watch.count(from === 0 ? 'full' : 'page');
  const { status, type, body } = spoil(watch.fault, page);
  return { status, headers: { 'content-type': type, ...(spoils ? {} : { etag }) }, body };
}

const refused = (status: number): Answer => ({ status, headers: { 'content-type': 'text/plain' }, body: '' });
