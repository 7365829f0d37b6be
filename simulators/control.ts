import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a simulated system misbehaves; `PUT /fault` replaces it, `PUT /fault {}` mends it. */
export interface Fault {
  readonly latencyMs: number;
  readonly error: 'http500' | 'html' | 'truncated' | 'refuse' | 'silent' | null;
  readonly down: boolean;
  /** Further faults that one system knows, by name. */
  readonly [special: string]: unknown;
}

/** The control API of a simulator: `GET|DELETE /calls`, `PUT /fault`, and the routes of one kind. */
export interface Control {
  readonly fault: Fault;
  /** Counts one call of the legacy system, by kind of message. */
  count(kind: string): void;
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

export type Route = (body: Record<string, unknown>) => Promise<object> | object;

const SOUND: Fault = { latencyMs: 0, error: null, down: false };

/** @param routes Further routes, for example `'POST /export'`; what they throw is answered 400 with its message. */
export function createControl(
  routes: Readonly<Record<string, Route>> = {},
  onFault: (fault: Fault) => Promise<void> | void = () => undefined,
): Control {
  let fault = SOUND;
  let calls = new Map<string, number>();
  const known: Record<string, Route> = {
    'GET /calls': () => ({
      calls: [...calls.values()].reduce((sum, count) => sum + count, 0),
      byKind: Object.fromEntries(calls),
    }),
    'DELETE /calls': () => {
      calls = new Map();
      return { calls: 0 };
    },
    'GET /fault': () => fault,
    'PUT /fault': async (body) => {
      fault = readFault(body);
      await onFault(fault);
      return fault;
    },
    ...routes,
  };
  const block = routes['POST /block'];
  if (block) known['POST /block'] = (body) => block(checkBlock(body));
  const server = createServer((request, response) => void answer(known, request, response));
  return {
    get fault() {
      return fault;
    },
    count: (kind) => void calls.set(kind, (calls.get(kind) ?? 0) + 1),
    listen: (port) => listen(server, port),
    close: () => close(server),
  };
}

const ERRORS: readonly unknown[] = [null, 'http500', 'html', 'truncated', 'refuse', 'silent'];

/** A misspelt fault would test nothing. */
function readFault(body: Record<string, unknown>): Fault {
  const { latencyMs = 0, error = null, down = false, special, ...others } = body;
  if (!Number.isSafeInteger(latencyMs) || (latencyMs as number) < 0) throw new Error('latencyMs must be 0 or more');
  if (!ERRORS.includes(error)) throw new Error(`error must be one of ${ERRORS.join(', ')}`);
  if (typeof down !== 'boolean') throw new Error('down must be true or false');
  if (special !== undefined && typeof special !== 'string') throw new Error('special must be a name');
  if (Object.keys(others).length > 0) throw new Error(`no such fault: ${Object.keys(others).join(', ')}`);
  return { ...SOUND, ...body };
}

function checkBlock(body: Record<string, unknown>): Record<string, unknown> {
  const { ags, persona, registerKey, blocked } = body;
  if (typeof ags !== 'string') throw new Error('ags is needed');
  if (typeof blocked !== 'boolean') throw new Error('blocked must be true or false');
  if (typeof (persona ?? registerKey) !== 'string') throw new Error('persona or registerKey is needed');
  return body;
}

async function answer(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = routes[`${request.method} ${request.url}`];
  const [status, body] = route ? await run(route, request) : [404, { error: 'no such route' }];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function run(route: Route, request: IncomingMessage): Promise<[number, object]> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    return [200, await route(text === '' ? {} : (JSON.parse(text) as Record<string, unknown>))];
  } catch (error) {
    return [400, { error: (error as Error).message }];
  }
}

/** @returns The base URL; port 0 takes a free one. */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
