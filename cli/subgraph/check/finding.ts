import type { ASTNode } from 'graphql';

/** Something a check has to say of a proposed schema or of the instance that serves it. */
export interface Finding {
  /** Stable, for CI: `RULE_MISSING`. */
  readonly code: string;
  /** An `error` stands in the way of an approval, a `warning` does not. */
  readonly severity: 'error' | 'warning';
  readonly subgraph: string;
  /** Line and column in the schema's text, from 1; `null` where it is about no line. */
  readonly place: Place | null;
  readonly what: string;
  readonly why: string;
  readonly how: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A schema that is looked at. */
export interface Proposal {
  readonly subgraph: string;
  readonly sdl: string;
}

/** Of the name, where there is one: a definition begins with its description. */
export function placeOf(node: ASTNode): Place | null {
  const start = (('name' in node && node.name?.loc) || node.loc)?.startToken;
  return start ? { line: start.line, column: start.column } : null;
}

/** As a compiler would say it: `permits:12:3 error RULE_MISSING …`. */
export function describeFinding({ subgraph, place, severity, code, what, why, how }: Finding): string {
  const where = place ? `${subgraph}:${place.line}:${place.column}` : subgraph;
  return `${where} ${severity} ${code}: ${what}\n    why: ${why}\n    how: ${how}`;
}
