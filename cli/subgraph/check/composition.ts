import type { Fault } from '../../../schema/try-compose.js';
import type { Finding } from './finding.js';

/** What to do about what the composer says; its own messages name types, fields and subgraphs. */
const MENDS: Readonly<Record<string, string>> = {
  INVALID_GRAPHQL: 'Mend the syntax at this place.',
  INVALID_FIELD_SHARING: 'Let one subgraph resolve the field, or mark it @shareable in all of them.',
  FIELD_TYPE_MISMATCH: 'Give the field the same type in all subgraphs.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument the same type in all subgraphs.',
  ENUM_VALUE_MISMATCH: 'List the same values in all subgraphs, or use the enum for answers only.',
  KEY_INVALID_FIELDS: 'Name fields in @key that the type has.',
  REQUIRES_INVALID_FIELDS: 'Name fields in @requires that the type has, and mark them @external here.',
  PROVIDES_INVALID_FIELDS: 'Name fields in @provides that the type has, and mark them @external here.',
  EXTERNAL_MISSING_ON_BASE: 'Remove the @external field, or have its owner define it.',
  SATISFIABILITY_ERROR: 'Add a @key by which other subgraphs can reach the type, or the fields that are missing.',
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS: 'Give the field at least the rules of the fields it requires.',
  RULE_MISSING: 'Give the field a rule (@policy, @requiresScopes, @authenticated), or mark it @public.',
  COMPOSITION_LIMIT: 'Make the schema smaller, or ask the coordinator for a larger limit.',
};

const REASONS: Readonly<Record<string, string>> = {
  RULE_MISSING: 'A field without a rule would be denied to everybody, or open to everybody, by accident.',
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS: 'Otherwise the field would tell what its requirements keep.',
};

/** @param subgraph Whose proposal it is, where a fault names no place. */
export const toFindings = (faults: readonly Fault[], subgraph: string): Finding[] =>
  faults.map(({ code, message, places }) => {
    const place = places.find((each) => each.subgraph === subgraph) ?? places[0];
    return {
      code,
      severity: 'error',
      subgraph: place?.subgraph ?? subgraph,
      place: place ? { line: place.line, column: place.column } : null,
      what: message,
      why: REASONS[code] ?? 'The schemas of the federation must compose into one.',
      how: MENDS[code] ?? 'See the composition rules of Apollo Federation for this code.',
    };
  });
