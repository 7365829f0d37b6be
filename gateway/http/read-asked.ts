import type { AskedDocument } from '../documents/choose-document.js';
import { readBody } from './read-body.js';

/** A GraphQL request in its plain form. */
export interface Asked {
  readonly document: AskedDocument;
  /** Whether something beside a text may say which document is meant. */
  readonly isNamed: boolean;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[_A-Za-z]\w*$/.test(value);

/** @returns `null` for anything but the plain form of a GraphQL request. */
export function readAsked(body: Buffer): Asked | null {
  const asked = readBody(body);
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return null;
  const { query, documentId, extensions, operationName, variables, ...others } = asked as Record<string, unknown>;
  const isNamed = documentId !== undefined || extensions !== undefined;
  if (!(typeof query === 'string' || (isNamed && query === undefined)) || Object.keys(others).length > 0) return null;
  if (typeof (documentId ?? '') !== 'string' || typeof (extensions ?? {}) !== 'object' || Array.isArray(extensions))
    return null;
  if (operationName !== undefined && operationName !== null && !isName(operationName)) return null;
  if (typeof (variables ?? {}) !== 'object' || Array.isArray(variables)) return null;
  return {
    document: { query, documentId, extensions },
    isNamed,
    operationName: operationName ?? undefined,
    variables: (variables ?? {}) as Asked['variables'],
  };
}
