import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { AppError } from '../../lib/errors.js';
import type { RequestFacts } from '../context.js';
import type { Answer } from '../execute/operation.js';

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** @param facts Gets the codes of the errors. */
export function writeAnswer(answer: Answer, facts: RequestFacts, formatError: FormatError): string | Buffer {
  const { errors } = answer;
  if (errors.length === 0) return answer.body ?? `{"data":${answer.data}}\n`;
  const formatted = errors.map(({ message, path, extensions }) => {
    const error = new GraphQLError(message, { ...(path && { path }), extensions });
    return formatError(error.toJSON(), error);
  });
  facts.codes = [...new Set(formatted.map(({ extensions }) => String(extensions?.code)))];
  return `{"errors":${JSON.stringify(formatted)},"data":${answer.data}}\n`;
}

/** In place of an answer that must not leave. */
export function writeRefusal({ message, extensions, code }: AppError, facts: RequestFacts): string {
  facts.codes = [code];
  return `${JSON.stringify({ errors: [{ message, extensions }] })}\n`;
}
