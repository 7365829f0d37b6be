import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in for the operators' port of a gateway: hears what caches must forget. */
export interface GatewayEar {
  readonly url: string;
  /** Each request that was confirmed, as it came. */
  readonly heard: readonly Heard[];
  /** All tags since `forget`, in the order of their coming. */
  tags(): readonly string[];
  forget(): void;
  /** From now on requests are answered so, or never. */
  answer(status: number | 'never'): void;
  /** How many requests came, confirmed or not. */
  asked(): number;
  close(): Promise<void>;
}

export interface Heard {
  readonly path: string;
  readonly authorization: string;
  readonly tags: readonly string[];
}

export async function startGatewayEar(): Promise<GatewayEar> {
  let heard: Heard[] = [];
  let status: number | 'never' = 200;
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    const { tags } = JSON.parse(await readText(request)) as { tags: string[] };
    const { authorization = '' } = request.headers;
    if (status === 200) heard.push({ path: `${request.method} ${request.url}`, authorization, tags });
    if (status === 'never') return;
    response.writeHead(status, { 'content-type': 'application/json' }).end(`{"invalidated":${tags.length}}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get heard() {
      return heard;
    },
    tags: () => heard.flatMap(({ tags }) => tags),
    forget() {
      heard = [];
    },
    answer(next) {
      status = next;
    },
    asked: () => asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
