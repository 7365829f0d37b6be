export interface Question {
  readonly token?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further headers that depend on the body: the gateway's signature, where a subgraph is asked. */
  readonly signed?: (body: string) => Promise<Readonly<Record<string, string>>>;
}

/** An answer over HTTP. @typeParam Data What the test's document asks for. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Data | null;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
  }[];
}

/** Posts a GraphQL document. An answer that is not JSON has no data and no errors. */
export async function ask<Data = Record<string, unknown>>(
  url: string,
  document: string,
  question: Question = {},
): Promise<Answer<Data>> {
  const body = JSON.stringify({ query: document, variables: question.variables });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(question.token ? { authorization: `Bearer ${question.token}` } : {}),
      ...(await question.signed?.(body)),
      ...question.headers,
    },
    body,
  });
  const text = await response.text();
  const answer = readJson<Data>(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: answer.data ?? null,
    errors: answer.errors ?? [],
  };
}

function readJson<Data>(text: string): Partial<Pick<Answer<Data>, 'data' | 'errors'>> {
  try {
    return JSON.parse(text) as Partial<Pick<Answer<Data>, 'data' | 'errors'>>;
  } catch {
    return {};
  }
}
