/** A running instance of a subgraph, as its contract is tried on it. */
export interface Target {
  readonly url: string;
  /** Headers with which the gateway would send this body. */
  readonly headers: (body: string) => Promise<Readonly<Record<string, string>>>;
  /** The schema it was proposed with. */
  readonly sdl: string;
  /** Words that every schema may use without defining them; whether it serves them makes no difference. */
  readonly shared: string;
  readonly samples: readonly Sample[];
  /** Longest wait for one answer, in ms. */
  readonly deadlineMs: number;
  /** How many calls its legacy system has had so far; `null` where nobody counts. */
  readonly countCalls: (() => Promise<number>) | null;
}

/** Keys of one entity type, as representations without `__typename`. */
export interface Sample {
  readonly type: string;
  /** Of records that are there, at least two, none twice. */
  readonly known: readonly Readonly<Record<string, unknown>>[];
  /** Well formed, but of no record. */
  readonly unknown: Readonly<Record<string, unknown>>;
}

/** An answer of the target; `json` is `null` where the body is not a JSON object. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly unknown[] } | null;
}

/** @throws Error of `fetch` where nobody answers within the deadline. */
export async function ask(
  target: Target,
  question: object,
  headers?: Readonly<Record<string, string>>,
): Promise<Reply> {
  const body = JSON.stringify(question);
  const response = await fetch(target.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? (await target.headers(body))) },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(target.deadlineMs),
  });
  const text = await response.text();
  return { status: response.status, text, json: readObject(text) };
}

/** Asks for entities with their key fields alone. */
export function askEntities(target: Target, { type }: Sample, keys: readonly Readonly<Record<string, unknown>>[]) {
  const fields = Object.keys(keys[0] ?? {}).filter((name) => /^[_A-Za-z]\w*$/.test(name));
  const query = `query($representations:[_Any!]!){_entities(representations:$representations){__typename ...on ${type}{${fields.join(' ')}}}}`;
  return ask(target, { query, variables: { representations: keys.map((key) => ({ __typename: type, ...key })) } });
}

/** @returns The entities of an answer, or `null` where it has no such list. */
export function entitiesOf({ json }: Reply): (Record<string, unknown> | null)[] | null {
  const entities = json?.data?._entities;
  return Array.isArray(entities) ? (entities as (Record<string, unknown> | null)[]) : null;
}

function readObject(text: string): Reply['json'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
