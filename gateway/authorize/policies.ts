import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { OFFICES, ROLES, TRUST_LEVELS } from '../../lib/caller.js';

const word = z.string().regex(/^[^\s"]{1,100}$/, 'must be a name without spaces');

const GRANT = z.strictObject({
  policies: z.array(word).min(1),
  role: z.enum(ROLES),
  office: z.enum(OFFICES).optional(),
  /** Purposes that the caller must state one of. */
  purposes: z.array(word).min(1).optional(),
  fileReference: z.literal('needed').optional(),
  /** Whether the caller must be competent for any municipality; for which one the subgraphs decide. */
  municipality: z.literal('needed').optional(),
  /** Weakest login that will do. */
  trustLevel: z.enum(TRUST_LEVELS).optional(),
  /** The paragraph the row rests on. */
  law: z.string().min(1),
});

const POLICIES = z.strictObject({
  /** Roles refused as a whole where nothing they ask for is granted. */
  refused: z.array(z.enum(ROLES)).default([]),
  grants: z.array(GRANT),
});

/** One row of the policy table. */
export type Grant = Readonly<z.output<typeof GRANT>>;

export interface Policies extends Readonly<z.output<typeof POLICIES>> {
  /** Changes with the text of the table: part of every cache key that holds what somebody was granted. */
  readonly policyVersion: string;
}

const DEFAULT_PATH = 'schema/policies.yaml';

/**
 * @param path `undefined`: `schema/policies.yaml`, and no policies at all where it does not exist.
 * @throws Error where the file is missing or cannot be used, with the line of everything that is wrong.
 */
export function readPoliciesFile(path: string | undefined): Policies {
  if (path === undefined && !existsSync(DEFAULT_PATH)) return readPolicies('grants: []');
  return readPolicies(readFileSync(path ?? DEFAULT_PATH, 'utf8'));
}

/** @throws As `readPoliciesFile`. */
export function readPolicies(text: string): Policies {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  refuse(document.errors.map((error) => ({ line: error.linePos?.[0].line ?? 1, message: error.message })));
  const result = POLICIES.safeParse(document.toJS());
  if (result.success)
    return { ...result.data, policyVersion: createHash('sha256').update(text).digest('hex').slice(0, 16) };
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  refuse(
    result.error.issues.map(({ path, message }) => ({ line: lineOf(path), message: `${path.join('.')}: ${message}` })),
  );
  throw new TypeError('What cannot be used has an issue.');
}

function refuse(problems: readonly { readonly line: number; readonly message: string }[]): void {
  if (problems.length === 0) return;
  const told = problems.map(({ line, message }) => `  line ${line}: ${message.split('\n')[0]}`);
  throw new Error(`The policies cannot be used:\n${told.join('\n')}`);
}
