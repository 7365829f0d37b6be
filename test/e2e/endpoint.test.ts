import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEndpoint, type Endpoint } from '../../gateway/fetch/endpoint.js';
import type { EndpointMessage } from '../../gateway/fetch/errand.js';
import type { FetchEvent } from '../../gateway/fetch/events.js';
import { Leaving } from '../../gateway/leaving.js';
import { AppError } from '../../lib/errors.js';
import { eventually } from '../support/eventually.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** An instance that answers only when told to. */
async function open(deadlineMs: number) {
  const waiting = new Set<ServerResponse>();
  let isSlow = true;
  let received = 0;
  const server = createServer((request, response) => {
    received += 1;
    request.resume();
    if (!isSlow) response.end('{"data":{}}');
    else waiting.add(response.once('close', () => waiting.delete(response)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const events: FetchEvent[] = [];
  const endpoint = createEndpoint({
    subgraph: 's',
    provider: 'p',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    settings: { deadlineMs, connections: 2, maxBytes: 1000 },
    onEvent: (event) => events.push(event),
  });
  closing.push(async () => {
    server.closeAllConnections();
    await Promise.all([endpoint.close(), new Promise((resolve) => server.close(resolve))]);
  });
  const hurry = () => {
    isSlow = false;
  };
  return { endpoint, events, waiting, hurry, received: () => received };
}

const send = (
  endpoint: Endpoint,
  leaving = new Leaving(),
  isRepeatable = false,
  headers: EndpointMessage['headers'] = () => [],
): Promise<string> =>
  endpoint.send({ body: '{}', headers, isRepeatable, leaving }).then(
    ({ body }) => body.toString(),
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** As many as have a socket or may wait for one. */
const MOST = 2 + 512;

describe('an endpoint', () => {
  it('sends nothing, and has room again, where the client leaves before the request is signed', async () => {
    const { endpoint, received, hurry } = await open(60_000);
    const leaving = new Leaving();
    let signed: (headers: string[]) => void = () => undefined;
    const signing = new Promise<string[]>((resolve) => {
      signed = resolve;
    });
    const crowd = Array.from({ length: MOST }, () => send(endpoint, leaving, true, () => signing));
    leaving.leave('gone');
    signed([]);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set(['gone']));
    hurry();
    expect(await send(endpoint, new Leaving(), true, async () => [])).toBe('{"data":{}}');
    expect(received()).toBe(1);
  });

  it('blames no instance for what could not be signed', async () => {
    const { endpoint, events, received } = await open(60_000);
    const fail = async () => Promise.reject(new Error('no key'));
    for (let round = 0; round < 20; round++) expect(await send(endpoint, new Leaving(), true, fail)).toBe('INTERNAL');
    expect([endpoint.isHealthy(), events, received()]).toEqual([true, [], 0]);
  });

  it('refuses at once what finds its queue full, and has room again when clients have left', async () => {
    const { endpoint, waiting, hurry } = await open(60_000);
    const leaving = new Leaving();
    const crowd = Array.from({ length: MOST }, () => send(endpoint, leaving));
    await eventually(() => expect(waiting.size).toBe(2));
    expect(await send(endpoint)).toBe('SUBGRAPH_UNAVAILABLE');
    leaving.leave('gone');
    expect(new Set(await Promise.all(crowd))).toEqual(new Set(['gone']));
    await eventually(() => expect(waiting.size).toBe(0));
    hurry();
    const answers = await eventually(async () => {
      const all = await Promise.all(Array.from({ length: MOST }, () => send(endpoint)));
      expect(new Set(all).size).toBe(1);
      return all;
    });
    expect(answers[0]).toBe('{"data":{}}');
  });

  it('is left alone after repeated timeouts of requests that went on their own', async () => {
    const { endpoint, events } = await open(30);
    for (let count = 0; count < 10; count++) expect(await send(endpoint)).toBe('SUBGRAPH_TIMEOUT');
    await eventually(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'breaker', state: 'open' })));
    expect([endpoint.isHealthy(), await send(endpoint)]).toEqual([false, 'SUBGRAPH_UNAVAILABLE']);
  });

  it('counts what went well: as many successes as failures keep it open to all', async () => {
    const { endpoint, events, hurry } = await open(60_000);
    hurry();
    for (let count = 0; count < 20; count++) expect(await send(endpoint)).toBe('{"data":{}}');
    const refused = new Leaving();
    refused.leave('gone');
    expect(await send(endpoint, refused)).toBe('gone');
    expect(events).toEqual([]);
  });
});
