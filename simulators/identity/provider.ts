import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Account, type Client, type Configuration, type Token } from 'oidc-provider';
import type { Persona } from '../personas.js';

/** Audience of every access token (`OIDC_AUDIENCE` of the gateway). */
export const AUDIENCE = 'fachverbund';
/** Resource indicator (RFC 8707) of the API; one that is not named is this one. */
export const RESOURCE = 'urn:fachverbund:api';
/** The playground in the browser: a public client with PKCE. */
export const PLAYGROUND_CLIENT = 'playground';

const TOKEN_LIFE_SECONDS = 3600;
const SIGNING_ALGORITHM = 'ES256';

export interface ProviderParts {
  readonly issuer: string;
  readonly personas: readonly Persona[];
  /** Origins at which the playground may be open. */
  readonly playgroundOrigins: readonly string[];
  /** Secret of the clients for scripts, one per persona. */
  readonly clientSecret: string;
}

/**
 * A demo identity provider made with oidc-provider. Access tokens are JWTs signed with a key that lives as long as the
 * process; they carry the claims of a persona. There are no passwords: never put real people behind it.
 */
export async function createProvider(parts: ProviderParts): Promise<Provider> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const key = {
    ...(await exportJWK(privateKey)),
    alg: SIGNING_ALGORITHM,
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  return new Provider(parts.issuer, {
    ...clientConfiguration(parts),
    ...claimConfiguration(parts),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    routes: { authorization: '/authorize', token: '/token', jwks: '/jwks', userinfo: '/userinfo' },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: AUDIENCE,
          scope: 'api',
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_LIFE_SECONDS,
          jwt: { sign: { alg: SIGNING_ALGORITHM } },
        }),
      },
    },
    ttl: {
      AccessToken: TOKEN_LIFE_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: TOKEN_LIFE_SECONDS,
      Grant: TOKEN_LIFE_SECONDS,
      IdToken: TOKEN_LIFE_SECONDS,
      Interaction: 600,
      Session: TOKEN_LIFE_SECONDS,
    },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  });
}

function clientConfiguration({ personas, playgroundOrigins, clientSecret }: ProviderParts): Configuration {
  return {
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    clients: [
      {
        client_id: PLAYGROUND_CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: playgroundOrigins.map((origin) => `${origin}/`),
      },
      ...personas.map(({ name }) => ({
        client_id: name,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    clientBasedCORS: (_: unknown, origin: string, { clientId }: Client) =>
      clientId === PLAYGROUND_CLIENT && playgroundOrigins.includes(origin),
    pkce: { required: () => true },
  };
}

function claimConfiguration({ personas }: ProviderParts): Configuration {
  const find = (name: string | undefined) => personas.find((persona) => persona.name === name);
  return {
    findAccount: (_: unknown, id: string): Account | undefined => {
      const persona = find(id);
      return persona && { accountId: id, claims: () => persona.claims };
    },
    formats: {
      customizers: {
        jwt(_: unknown, token: Token, jwt: { payload: object }) {
          // Signed in with a browser the persona is the account, in a script the client.
          const persona = find(token.accountId ?? token.clientId);
          Object.assign(jwt.payload, persona?.claims);
        },
      },
    },
  };
}
