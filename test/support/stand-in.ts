import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

/** What a stand-in does instead of answering. */
export type Fault =
  | { readonly kind: 'silent' | 'html' | 'truncated' | 'huge' | 'refuse' | 'too-few' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'answer'; readonly body: unknown }
  /** Every field at the top is null, with an error at its path. */
  | { readonly kind: 'field-errors'; readonly message: string; readonly extensions: object }
  | { readonly kind: 'slow'; readonly delayMs: number };

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A subgraph of a test: a real server over a schema of its own. */
export interface StandIn {
  readonly url: string;
  readonly received: Received[];
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  /** How many requests were broken off by the other side. */
  readonly abandoned: () => number;
  fail(fault: Fault | null): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly typeDefs: string;
  readonly resolvers: object;
  /** Of an instance that was stopped and comes back; else a free one. */
  readonly port?: number;
}

export async function startStandIn({ typeDefs, resolvers, port = 0 }: StandInOptions): Promise<StandIn> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never });
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let fault: Fault | null = null;
  let abandoned = 0;
  const server = createServer(async (request, response) => {
    response.once('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    const body = await readText(request);
    const { query, variables } = JSON.parse(body) as Received;
    received.push({ headers: request.headers, body, query, variables });
    if (fault && (await misbehave(fault, { request, response, variables }))) return;
    const contextValue = { headers: request.headers };
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
    const told = fault?.kind === 'field-errors' ? tellErrors(result.data ?? {}, fault) : result;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    sockets,
    abandoned: () => abandoned,
    fail(next) {
      fault = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function tellErrors(data: object, { message, extensions }: Fault & { readonly kind: 'field-errors' }) {
  const keys = Object.keys(data);
  return {
    data: Object.fromEntries(keys.map((key) => [key, null])),
    errors: keys.map((key) => ({ message, path: [key], extensions })),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @returns Whether the request is dealt with. */
async function misbehave(fault: Fault, { request, response, variables }: Exchange): Promise<boolean> {
  const json = () => response.setHeader('content-type', 'application/json');
  switch (fault.kind) {
    case 'silent':
      return true;
    case 'refuse':
      request.socket.destroy();
      return true;
    case 'html':
      response.setHeader('content-type', 'text/html').end('<html><body>ORA-00942: planted-marker</body></html>');
      return true;
    case 'truncated':
      json().end('{"data":{"planted-marker":');
      return true;
    case 'huge':
      json().end(`{"data":{"filler":"${'x'.repeat(6_000_000)}"}}`);
      return true;
    case 'too-few':
      if (!Array.isArray(variables.representations)) return false;
      json().end(JSON.stringify({ data: { _entities: [] } }));
      return true;
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body ?? 'planted-marker at 10.1.2.3');
      return true;
    case 'answer':
      json().end(JSON.stringify(fault.body));
      return true;
    case 'field-errors':
      return false;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      return false;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
