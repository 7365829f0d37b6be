import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { AppError } from '../../lib/errors.js';
import { freshnessOf } from '../cache-headers.js';
import type { HostContext, RequestFacts } from '../context.js';
import type { Answer } from '../execute/operation.js';

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** @param facts Gets the codes of the errors. */
export function writeAnswer(
  answer: Answer,
  { facts, sources }: Pick<HostContext, 'facts' | 'sources'>,
  formatError: FormatError,
): string | Buffer {
  const { errors } = answer;
  const freshness = freshnessOf(sources);
  const end = freshness ? `,"extensions":${JSON.stringify({ freshness })}}\n` : '}\n';
  if (errors.length === 0) return (freshness ? null : answer.body) ?? `{"data":${answer.data}${end}`;
  const formatted = errors.map(({ message, path, extensions }) => {
    const error = new GraphQLError(message, { ...(path && { path }), extensions });
    return formatError(error.toJSON(), error);
  });
  facts.codes = [...new Set(formatted.map(({ extensions }) => String(extensions?.code)))];
  return `{"errors":${JSON.stringify(formatted)},"data":${answer.data}${end}`;
}

/** In place of an answer that must not leave. */
export function writeRefusal({ message, extensions, code }: AppError, facts: RequestFacts): string {
  facts.codes = [code];
  return `${JSON.stringify({ errors: [{ message, extensions }] })}\n`;
}
