import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createArena } from '../test/support/oracle/arena.js';
import { createRun, NO_FAULTS } from '../test/support/oracle/faults.js';
import type { SubgraphQuery, TestSubgraph } from '../test/support/oracle/subgraph.js';
import { createEntityAnswers } from './entity-answers.js';
import { readFrame } from './http-frame.js';
import { findScenario, type Scenario, toArenaSettings } from './scenarios.js';

/**
 * Cheap subgraphs: one raw port for each of their instances. The first request of a body is executed, every further one is answered with the
 * bytes kept for it, within tens of microseconds; of entities each by itself. `GET` answers how many requests came in since the last `GET`.
 */
async function main(scenarioName: string): Promise<void> {
  const scenario = findScenario(scenarioName);
  const { subgraphs } = await createArena(scenario.supergraph, toArenaSettings(scenario));
  const urls: Record<string, string[]> = {};
  const counter = { requests: 0 };
  for (const subgraph of subgraphs) {
    const count = scenario.instances?.[subgraph.name] ?? 1;
    const cacheControl = cacheControlOf(scenario, subgraph.name);
    const serving = { counter, cacheControl, latencyMs: scenario.latencyMs ?? 0 };
    const listening = Array.from({ length: count }, () => listen(serve(subgraph, serving)));
    urls[subgraph.name] = await Promise.all(listening);
  }
  const { port } = new URL(await listen(serveCounter(counter)));
  console.log(JSON.stringify({ ready: { urls, counterUrl: `http://127.0.0.1:${port}/` } }));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

interface Serving {
  readonly counter: { requests: number };
  readonly cacheControl: string;
  readonly latencyMs: number;
}

/** What is guarded is about people. */
function cacheControlOf({ kept, keptSeconds, guarded }: Scenario, subgraph: string): string {
  if (kept && !kept.includes(subgraph)) return 'no-store';
  return guarded ? `private, max-age=${keptSeconds ?? 30}` : `public, max-age=${keptSeconds ?? 3600}`;
}

function serve(subgraph: TestSubgraph, { counter, cacheControl, latencyMs }: Serving): Server {
  const known = new Map<string, Buffer>();
  const entities = createEntityAnswers();
  const run = createRun(NO_FAULTS);
  return onFrames(async (body) => {
    counter.requests++;
    if (latencyMs > 0) await new Promise((wake) => setTimeout(wake, latencyMs));
    const key = body.toString('latin1');
    const kept = known.get(key);
    if (kept) return kept;
    const asked = JSON.parse(body.toString('utf8')) as SubgraphQuery;
    const joined = entities.find(asked);
    if (joined !== null) return toResponse(joined, cacheControl);
    const answer = await subgraph.answer(asked, run);
    run.calls.length = 0;
    entities.learn(asked, answer);
    const bytes = toResponse(JSON.stringify(answer), cacheControl);
    known.set(key, bytes);
    return bytes;
  });
}

function serveCounter(counter: { requests: number }): Server {
  return onFrames(async () => {
    const text = JSON.stringify({ requests: counter.requests });
    counter.requests = 0;
    return toResponse(text, 'no-store');
  });
}

/** Answers the messages of each connection in order. */
function onFrames(answer: (body: Buffer) => Promise<Buffer>): Server {
  return createServer({ noDelay: true }, (socket: Socket) => {
    let received: Buffer = Buffer.alloc(0);
    let turn: Promise<void> = Promise.resolve();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      for (let frame = readFrame(received); frame !== null; frame = readFrame(received)) {
        const { body, end } = frame;
        received = received.subarray(end);
        turn = turn.then(async () => {
          socket.write(await answer(body));
        });
      }
    });
  });
}

function toResponse(text: string, cacheControl: string): Buffer {
  const head = [
    'HTTP/1.1 200 OK',
    'content-type: application/json',
    `cache-control: ${cacheControl}`,
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

if (process.argv[1]?.endsWith('/bench/stand-ins.js')) await main(process.argv[2] ?? '');
