import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { type PlaygroundLogin, servePlayground } from '../../../../gateway/playground/serve.js';

const LOGIN: PlaygroundLogin = { issuer: 'http://127.0.0.1:4998/oidc', clientId: 'playground' };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fachverbund-playground-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets', 'main-1234.js'), 'export {};');
});

afterAll(() => rmSync(folder, { recursive: true }));

async function serve(login: PlaygroundLogin | null): Promise<FastifyInstance> {
  const fastify = Fastify();
  await fastify.register(servePlayground({ login, folder }));
  fastify.get('/graphql', () => ({}));
  return fastify;
}

const policyOf = (headers: Record<string, unknown>): string[] => String(headers['content-security-policy']).split('; ');

describe('servePlayground', () => {
  it('serves the page at the root and asks anew for it each time', async () => {
    const { statusCode, headers, body } = await (await serve(null)).inject('/');
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(body).toContain('<title>page</title>');
  });

  it('lets files be kept for ever: their names hold their hash', async () => {
    const { statusCode, headers } = await (await serve(null)).inject('/playground/assets/main-1234.js');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it.each(['/playground/assets/../index.html', '/playground/assets/%2e%2e/index.html', '/playground/assets/', '/x'])(
    'has nothing at %s',
    async (url) => {
      expect((await (await serve(null)).inject(url)).statusCode).toBeGreaterThanOrEqual(400);
    },
  );

  it('tells the page how to sign in, in the demo alone', async () => {
    expect((await (await serve(LOGIN)).inject('/playground/config.json')).json()).toMatchObject({ login: LOGIN });
    expect((await (await serve(null)).inject('/playground/config.json')).json()).toMatchObject({ login: null });
  });

  it('tells the page of a map where there is one', async () => {
    const fastify = await serve(null);
    const hasMap = async () => (await fastify.inject('/playground/config.json')).json().hasMap;
    expect(await hasMap()).toBe(false);
    const other = Fastify();
    await other.register(servePlayground({ login: null, folder }));
    await other.register(async (pages) => void pages.get('/map', () => ''));
    expect((await other.inject('/playground/config.json')).json().hasMap).toBe(true);
  });

  it('lets the page speak to this server and, in the demo, to the issuer alone', async () => {
    const own = policyOf((await (await serve(null)).inject('/')).headers);
    expect(own).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]));
    const demo = policyOf((await (await serve(LOGIN)).inject('/')).headers);
    expect(demo).toContain("connect-src 'self' http://127.0.0.1:4998");
    expect(demo.join()).not.toContain('unsafe-eval');
  });

  it('keeps its headers off the other routes of the server', async () => {
    const { headers } = await (await serve(LOGIN)).inject('/graphql');
    expect(headers['content-security-policy']).toBeUndefined();
  });

  it('refuses to start where the page is not built', async () => {
    const fastify = Fastify();
    await expect(async () => {
      await fastify.register(servePlayground({ login: null, folder: join(folder, 'nothing') }));
    }).rejects.toThrow('npm run build');
  });
});
