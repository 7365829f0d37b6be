import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Persona } from '../personas.js';
import { choosePage } from './page.js';
import { RESOURCE } from './provider.js';

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const MAX_BODY_BYTES = 1024;

/** The provider with our login: choosing a persona signs in and consents, a `login_hint` that names one does so too. */
export function createLogin(provider: Provider, personas: readonly Persona[]): RequestListener {
  const fallback = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void fallback(request, response);
    interact(request, response, { provider, personas }).catch((error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      if (!response.headersSent) response.writeHead(400, { ...HEADERS, 'content-type': 'text/plain' });
      response.end('This login is over. Go back and begin again.\n');
    });
  };
}

async function interact(
  request: IncomingMessage,
  response: ServerResponse,
  { provider, personas }: { provider: Provider; personas: readonly Persona[] },
): Promise<void> {
  const { prompt, params, uid } = await provider.interactionDetails(request, response);
  const chosen = request.method === 'POST' ? (await readForm(request)).get('persona') : params.login_hint;
  const persona = personas.find(({ name }) => name === chosen);
  if (persona === undefined) {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
    response.end(choosePage(`/interaction/${uid}`, personas));
    return;
  }
  const grant = new provider.Grant({ accountId: persona.name, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  grant.addResourceScope(RESOURCE, 'api');
  const result = {
    login: { accountId: persona.name, acr: persona.claims.acr, remember: false },
    consent: { grantId: await grant.save() },
  };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: prompt.name !== 'login' });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new RangeError('The form is too long.');
  }
  return new URLSearchParams(text);
}
