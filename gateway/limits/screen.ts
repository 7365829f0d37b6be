import { type DocumentNode, Kind, Lexer, parse, Source, TokenKind } from 'graphql';
import { AppError } from '../../lib/errors.js';
import { checkMeasures, measure } from './measure.js';
import type { Limits } from './profile.js';

/** Looks at the text of a document before the host does. @throws AppError of the limit that is broken. */
export type Screen = (text: string) => void;

/** Validation takes far longer than measuring, so what is too large never gets there. */
export function createScreen(limits: Limits): Screen {
  return (text) => {
    screenDocument(text, limits);
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
 * @throws AppError `LIMIT_DEPTH` for brackets inside brackets; for too many tokens `LIMIT_TOKENS`, or the code of what there
 *   is too much of in those that were looked at.
 */
export function screenDocument(text: string, limits: Pick<Limits, 'tokens' | 'aliases' | 'directives'>): void {
  const mostTokens = limits.tokens;
  // Each token and each bracket takes a character, so a short text needs no closer look.
  if (text.length <= mostTokens && countBrackets(text) <= DEEPEST) return;
  const { tokens, depth, longestName, aliases, directives } = count(text, mostTokens);
  if (depth > DEEPEST) throw new AppError('LIMIT_DEPTH');
  if (longestName > LONGEST_NAME)
    throw new AppError('LIMIT_TOKENS', `A name of the document has more than ${LONGEST_NAME} characters.`, {
      detail: { limit: LONGEST_NAME, value: longestName },
    });
  if (tokens <= mostTokens) return;
  checkCount('LIMIT_DIRECTIVES', directives, limits.directives);
  checkCount('LIMIT_ALIASES', aliases, limits.aliases);
  checkCount('LIMIT_TOKENS', tokens, mostTokens);
}

/** @param value Counted up to the most tokens there may be: so many at least. */
function checkCount(code: 'LIMIT_DIRECTIVES' | 'LIMIT_ALIASES' | 'LIMIT_TOKENS', value: number, limit: number): void {
  if (value > limit) throw new AppError(code, undefined, { detail: { limit, value } });
}

/** Brackets inside brackets; documents people write have a tenth of it. */
const DEEPEST = 200;
/** A response name comes back once for each record of a list. */
const LONGEST_NAME = 200;

interface Counts {
  tokens: number;
  depth: number;
  longestName: number;
  aliases: number;
  directives: number;
}

const NOTHING: Counts = { tokens: 0, depth: 0, longestName: 0, aliases: 0, directives: 0 };

/** Counts no further than is needed to refuse. */
function count(text: string, mostTokens: number): Counts {
  const counts = { ...NOTHING };
  let parentheses = 0;
  try {
    const lexer = new Lexer(new Source(text));
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      counts.tokens += 1;
      if (token.kind === TokenKind.NAME) counts.longestName = Math.max(counts.longestName, token.end - token.start);
      if (token.kind === TokenKind.AT) counts.directives += 1;
      // Inside parentheses a colon belongs to an argument or a variable.
      if (token.kind === TokenKind.COLON && parentheses === 0) counts.aliases += 1;
      if (token.kind === TokenKind.PAREN_L) parentheses += 1;
      if (token.kind === TokenKind.PAREN_R) parentheses -= 1;
      if (OPENING.has(token.kind)) counts.depth += 1;
      if (CLOSING.has(token.kind)) counts.depth -= 1;
      if (counts.depth > DEEPEST || counts.tokens > mostTokens) break;
    }
  } catch {
    return NOTHING;
  }
  return counts;
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
