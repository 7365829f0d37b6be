import type { SqlRow, SqlSource, Statement } from '../../lib/connect/sql.js';
import { groupBy } from './group-by.js';
import { asMunicipality } from './statements.js';

/** A question about many keys: one statement for each municipality among them. */
export interface Question {
  readonly parts: readonly { readonly ags: string; readonly statement: Statement }[];
  /** @param answers The rows of each part. @returns The rows of each key, in the order of the keys. */
  deal(answers: readonly (readonly SqlRow[])[]): SqlRow[][];
}

/** How keys of one municipality are asked for, and which row is whose: the key's that has the mark of the row. */
export interface Terms<Key> {
  statement(ags: string, own: readonly Key[]): Statement;
  /** @param place Of the key among those of its municipality, from 0. */
  ofKey(key: Key, place: number): string;
  ofRow(row: SqlRow): string | null | undefined;
}

export function toQuestion<Key extends { readonly ags: string }>(keys: readonly Key[], terms: Terms<Key>): Question {
  const groups = [...groupBy(keys, ({ ags }) => ags)];
  return {
    parts: groups.map(([ags, own]) => ({ ags, statement: terms.statement(ags, own) })),
    deal(answers) {
      const rows = new Map<Key, SqlRow[]>();
      groups.forEach(([, own], index) => {
        const byMark = groupBy(answers[index] ?? [], terms.ofRow);
        own.forEach((key, place) => {
          rows.set(key, byMark.get(terms.ofKey(key, place)) ?? []);
        });
      });
      return keys.map((key) => rows.get(key) ?? []);
    },
  };
}

/**
 * Asks all questions in one call. Each statement stands directly behind the setting of its municipality.
 *
 * @returns For each question the rows of each of its keys. Without keys nobody is asked.
 */
export async function askAll(
  source: SqlSource,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<SqlRow[][][]> {
  const parts = questions.flatMap((question) => question.parts);
  if (parts.length === 0) return questions.map((question) => question.deal([]));
  const statements = parts.flatMap(({ ags, statement }) => [asMunicipality(ags), statement]);
  const answers = (await source.read(statements, signal)).filter((_, index) => index % 2 === 1);
  return questions.map((question) => question.deal(answers.splice(0, question.parts.length)));
}
