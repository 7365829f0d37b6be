/** Where the page signs somebody in; see `serve.ts`. */
export interface Login {
  readonly issuer: string;
  readonly clientId: string;
}

/** Somebody signed in, for the life of this browser tab. */
export interface Session {
  readonly persona: string;
  readonly token: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

interface Pending {
  readonly persona: string;
  readonly state: string;
  readonly verifier: string;
  /** File of the example to open afterwards. */
  readonly example: string | null;
}

export interface Arrival {
  readonly session: Session | null;
  readonly example: string | null;
  /** What went wrong on the way back, for the person to read. */
  readonly problem: string | null;
}

const SESSION = 'fachverbund:session';
const PENDING = 'fachverbund:login';

/** Leaves the page for the identity provider: authorization code with PKCE (RFC 7636), persona as login hint. */
export async function leaveToSignIn(login: Login, persona: string, example: string | null): Promise<void> {
  const { authorization_endpoint: endpoint } = await discover(login);
  const pending: Pending = { persona, example, state: randomText(), verifier: randomText() };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(endpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: login.clientId,
    redirect_uri: redirectUri(),
    scope: 'openid',
    prompt: 'login',
    login_hint: persona,
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(url);
}

/** Takes the code that the identity provider sent back, or the session this tab already has. */
export async function arrive(login: Login | null): Promise<Arrival> {
  const answer = new URLSearchParams(location.search);
  const pending = take<Pending>(PENDING);
  if (!login || pending === null || answer.get('state') !== pending.state) return known();
  history.replaceState(null, '', '/');
  const code = answer.get('code');
  try {
    if (code === null) throw new Error(answer.get('error_description') ?? answer.get('error') ?? 'no code came back');
    const session = await redeem(login, pending, code);
    sessionStorage.setItem(SESSION, JSON.stringify(session));
    return { session, example: pending.example, problem: null };
  } catch (error) {
    return { session: null, example: pending.example, problem: `Sign-in failed: ${(error as Error).message}` };
  }
}

export const signOut = (): void => sessionStorage.removeItem(SESSION);

function known(): Arrival {
  const session = JSON.parse(sessionStorage.getItem(SESSION) ?? 'null') as Session | null;
  return { session: session && session.expiresAt > Date.now() ? session : null, example: null, problem: null };
}

async function redeem(login: Login, pending: Pending, code: string): Promise<Session> {
  const { token_endpoint: endpoint } = await discover(login);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: login.clientId,
    redirect_uri: redirectUri(),
    code,
    code_verifier: pending.verifier,
  });
  const response = await fetch(endpoint, { method: 'POST', body });
  const answer = (await response.json()) as { access_token?: string; expires_in?: number; error_description?: string };
  if (!answer.access_token) throw new Error(answer.error_description ?? `the provider answered ${response.status}`);
  const expiresAt = Date.now() + (answer.expires_in ?? 300) * 1000;
  return { persona: pending.persona, token: answer.access_token, expiresAt };
}

async function discover(login: Login): Promise<{ authorization_endpoint: string; token_endpoint: string }> {
  const response = await fetch(`${login.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  return (await response.json()) as { authorization_endpoint: string; token_endpoint: string };
}

const redirectUri = (): string => `${location.origin}/`;

function take<T>(key: string): T | null {
  const value = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return JSON.parse(value ?? 'null') as T | null;
}

const randomText = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string): Promise<string> =>
  base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
