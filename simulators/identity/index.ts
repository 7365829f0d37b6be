import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { z } from 'zod';
import { port, readSettings } from '../../lib/settings.js';
import { close, listen } from '../control.js';
import { personasOf } from '../personas.js';
import type { RunningSimulator } from '../simulator.js';
import { readWorldSettings } from '../world-settings.js';
import { createLogin } from './login.js';
import { createProvider } from './provider.js';

const IDENTITY_SETTINGS = {
  PORT: port().default(0),
  /** Where the playground is open; its redirect URI is this origin with a slash. */
  PLAYGROUND_ORIGIN: z.url().default('http://127.0.0.1:4000'),
};

/**
 * Starts the demo identity provider. The ready line says its issuer, who can sign in and, for scripts, the secret
 * of the personas' clients, which is made anew each time.
 */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(IDENTITY_SETTINGS, env);
  const personas = personasOf(readWorldSettings(env));
  const clientSecret = randomBytes(24).toString('base64url');
  let answer: RequestListener = (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  // The issuer holds the port, so the port comes first.
  const issuer = await listen(server, settings.PORT);
  const provider = await createProvider({
    issuer,
    personas,
    playgroundOrigins: originsOf(settings.PLAYGROUND_ORIGIN),
    clientSecret,
  });
  provider.on('server_error', (_, error) => void process.stderr.write(`${error.stack}\n`));
  answer = createLogin(provider, personas);
  const names = personas.map(({ name }) => name);
  return { ready: { url: issuer, clientSecret, personas: names }, close: () => close(server) };
}

/** The loopback address has two names, and a browser may know the playground under either. */
function originsOf(origin: string): readonly string[] {
  const url = new URL(origin);
  const twin = new Map([
    ['127.0.0.1', 'localhost'],
    ['localhost', '127.0.0.1'],
  ]).get(url.hostname);
  const other = new URL(url);
  if (twin) other.hostname = twin;
  return [...new Set([url.origin, other.origin])];
}
