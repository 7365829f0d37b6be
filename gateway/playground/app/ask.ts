import { isFileReference } from './purposes.js';

/** What goes with each request beside the query. */
export interface Access {
  readonly token: string;
  readonly purpose: string;
  readonly fileReference: string;
}

export interface Question {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}

/**
 * Asks the gateway that served this page.
 *
 * @throws Error where the answer is not JSON.
 */
export async function ask(
  question: Question,
  access: Access,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headersOf(access), ...headers },
    body: JSON.stringify(question),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Error(`The gateway answered ${response.status} without JSON.`);
  }
}

/** @returns AGS of all municipalities; empty where this gateway has no such field. */
export async function askMunicipalities(): Promise<string[]> {
  const nobody = { token: '', purpose: '', fileReference: '' };
  const { data } = await ask({ query: '{ municipalities { ags } }' }, nobody);
  const found = (data as { municipalities?: { ags: string }[] } | null)?.municipalities ?? [];
  return found.map(({ ags }) => ags);
}

function headersOf({ token, purpose, fileReference }: Access): Record<string, string> {
  return {
    ...(token !== '' && { authorization: `Bearer ${token}` }),
    ...(purpose !== '' && { 'x-purpose': purpose }),
    ...(isFileReference(fileReference) && { 'x-file-reference': fileReference }),
  };
}
