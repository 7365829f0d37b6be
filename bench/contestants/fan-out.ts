import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import type { Ask, ByHand } from './by-hand.js';
import { marketPage, marketPages, marketWide } from './by-hand-market.js';
import { municipalPage, municipalWide } from './by-hand-municipal.js';

/** What a programmer would write who knew one operation and its subgraphs: no GraphQL, no plan, no schema. */
const BY_HAND: Readonly<Record<string, ByHand>> = {
  'market-page': marketPage,
  'market-wide': marketWide,
  'pages-warm': marketPages,
  'pages-half': marketPages,
  'municipal-page': municipalPage,
  'municipal-page-slow': municipalPage,
  'municipal-wide': municipalWide,
};

const urls = JSON.parse(process.env['SUBGRAPH_URLS'] ?? '{}') as Record<string, string>;
const byHand = BY_HAND[process.env['SCENARIO'] ?? ''];
const pools = new Map(Object.entries(urls).map(([name, url]) => [name, new Pool(new URL(url).origin)]));
const headers = { 'content-type': 'application/json' };

const ask: Ask = async (subgraph, query, variables) => {
  const body = JSON.stringify({ query, variables });
  const pool = pools.get(subgraph);
  if (!pool) throw new TypeError(`no subgraph ${subgraph}`);
  const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
  return ((await answer.body.json()) as { data: never }).data;
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Anything but its one operation is an error. */
async function answer(body: string): Promise<object> {
  try {
    const { variables } = JSON.parse(body) as { variables: Record<string, unknown> };
    return { data: await byHand?.(ask, variables) };
  } catch (error) {
    return { errors: [{ message: String(error) }] };
  }
}

createServer(async (request, response) => {
  const text = JSON.stringify(await answer(await read(request)));
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}).listen(Number(process.env['PORT']), '127.0.0.1');
