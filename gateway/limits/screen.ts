import { type DocumentNode, Kind, Lexer, parse, Source, TokenKind } from 'graphql';
import { AppError } from '../../lib/errors.js';
import { checkMeasures, measure } from './measure.js';
import type { Limits } from './profile.js';

/** Looks at the text of a document before the host does. @throws AppError of the limit that is broken. */
export type Screen = (text: string) => void;

/** Validation takes far longer than measuring, so what is too large never gets there. */
export function createScreen(limits: Limits): Screen {
  return (text) => {
    screenDocument(text, limits.tokens);
    if (limits.selections === Number.POSITIVE_INFINITY) return;
    const document = parseOrNull(text);
    for (const definition of document?.definitions ?? [])
      if (document && definition.kind === Kind.OPERATION_DEFINITION)
        checkMeasures(measure(document, definition), limits);
  };
}

/** What is no GraphQL the host says better. */
function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}

/**
 * Looks at a document before it is parsed: parser and validation call themselves for each level, and a text of a few
 * kilobytes can have more levels than their stack. What is no GraphQL passes; the parser says so better.
 *
 * @param mostTokens Lexical tokens of the document.
 * @throws AppError `LIMIT_TOKENS`, or `LIMIT_DEPTH` for brackets inside brackets.
 */
export function screenDocument(text: string, mostTokens: number): void {
  // Each token and each bracket takes a character, so a short text needs no closer look.
  if (text.length <= mostTokens && countBrackets(text) <= DEEPEST) return;
  const { tokens, depth, longestName } = count(text, mostTokens);
  if (depth > DEEPEST) throw new AppError('LIMIT_DEPTH');
  if (longestName > LONGEST_NAME)
    throw new AppError('LIMIT_TOKENS', `A name of the document has more than ${LONGEST_NAME} characters.`, {
      detail: { limit: LONGEST_NAME, value: longestName },
    });
  if (tokens > mostTokens)
    throw new AppError('LIMIT_TOKENS', `The document has more than ${mostTokens} tokens.`, {
      detail: { limit: mostTokens, value: tokens },
    });
}

/** Brackets inside brackets; documents people write have a tenth of it. */
const DEEPEST = 200;
/** A response name comes back once for each record of a list. */
const LONGEST_NAME = 200;

/** Counts no further than is needed to refuse. */
function count(text: string, mostTokens: number): { tokens: number; depth: number; longestName: number } {
  let depth = 0;
  let tokens = 0;
  let longestName = 0;
  try {
    const lexer = new Lexer(new Source(text));
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens += 1;
      if (token.kind === TokenKind.NAME) longestName = Math.max(longestName, token.end - token.start);
      if (OPENING.has(token.kind)) depth += 1;
      if (CLOSING.has(token.kind)) depth -= 1;
      if (depth > DEEPEST || tokens > mostTokens) break;
    }
  } catch {
    return { tokens: 0, depth: 0, longestName: 0 };
  }
  return { tokens, depth, longestName };
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** All opening brackets, those in strings and comments too: few of them cannot be nested deeply. */
function countBrackets(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x28 || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}
