import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRun, NO_FAULTS, type Run } from './faults.js';
import type { SubgraphQuery, TestSubgraph } from './subgraph.js';

/** The subgraphs of an arena on one loopback port, each under its name as path. */
export interface SubgraphServer {
  /** Every request from now on belongs to this run. */
  follow(run: Run): void;
  /** The run of requests that nobody follows. */
  idle(): Run;
  url(subgraph: string): string;
  /** The subgraphs that answer; none before. */
  install(subgraphs: readonly TestSubgraph[]): void;
  close(): Promise<void>;
}

export async function serveSubgraphs(): Promise<SubgraphServer> {
  let run = createRun(NO_FAULTS);
  let installed: readonly TestSubgraph[] = [];
  const server = createServer((request, response) => {
    const subgraph = installed.find(({ name }) => request.url === `/${name}`);
    void answer(subgraph, run, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    follow(next) {
      run = next;
    },
    idle: () => createRun(NO_FAULTS),
    url: (subgraph) => `http://127.0.0.1:${port}/${subgraph}`,
    install(subgraphs) {
      installed = subgraphs;
    },
    async close() {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  subgraph: TestSubgraph | undefined,
  run: Run,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = JSON.parse(Buffer.concat(chunks).toString('utf8')) as SubgraphQuery;
    const body = JSON.stringify(await subgraph?.answer(query, run));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  } catch {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('down');
  }
}
