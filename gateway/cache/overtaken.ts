import type { GraphQLSchema } from 'graphql';
import { AppError } from '../../lib/errors.js';
import type { RequestContext } from '../context.js';
import type { Disclosed } from '../disclosed.js';
import type { Caches } from './open-caches.js';
import type { Tagger } from './tagger.js';
import { callerTags, isVague } from './tags.js';

/**
 * Runs a query until what it answers was not invalidated while it was put together: somebody may have been blocked, or
 * lost a right, while one of several subgraphs was slow.
 *
 * @throws AppError `OVERLOADED` where that comes to no end; and what running throws.
 */
export type RunCurrent = <Answer extends Disclosed>(
  run: () => Promise<Answer>,
  context: RequestContext,
) => Promise<Answer>;

export interface OvertakenParts {
  readonly caches: Pick<Caches, 'watermark' | 'isCurrent'>;
  readonly taggerOf: (schema: GraphQLSchema) => Tagger;
  /** Epoch ms. */
  readonly now?: () => number;
}

const MOST_RUNS = 3;

export function createRunCurrent({ caches, taggerOf, now = Date.now }: OvertakenParts): RunCurrent {
  const isOvertaken = (answer: Disclosed, context: RequestContext, asOf: number): boolean => {
    if (caches.watermark() === asOf) return false;
    const tags = [
      ...tagsOf(answer, context.schema ? taggerOf(context.schema) : null),
      ...(context.sources?.tags ?? []),
    ];
    if (context.caller) tags.push(...callerTags(context.caller));
    // What only may be meant is not worth running again: it is never kept as current.
    return !caches.isCurrent({ tags: tags.filter((tag) => !isVague(tag)), asOf });
  };
  const runFrom = <Answer extends Disclosed>(
    left: number,
    run: () => Promise<Answer>,
    context: RequestContext,
  ): Promise<Answer> => {
    const asOf = caches.watermark();
    return run().then((answer) => {
      if (!isOvertaken(answer, context, asOf)) return answer;
      if (left === 1) throw new AppError('OVERLOADED', 'What was asked for keeps changing; ask again later.');
      context.sources?.restart({ at: now(), watermark: caches.watermark() });
      return runFrom(left - 1, run, context);
    });
  };
  return (run, context) => (context.isMutation ? run() : runFrom(MOST_RUNS, run, context));
}

/** Of all records that the audit log would name. */
const tagsOf = ({ disclosed }: Disclosed, tagger: Tagger | null): string[] =>
  tagger ? disclosed.flatMap(({ register, type, key }) => tagger.ofRecord(register, type, key)) : [];
