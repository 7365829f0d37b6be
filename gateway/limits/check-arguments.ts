import { AppError } from '../../lib/errors.js';
import type { Operation } from '../operation.js';
import { Refusal } from '../refuse.js';
import type { Supergraph } from '../supergraph.js';
import { checkValue, type Fault, type Report } from './check-value.js';
import { coerceVariables, type Variables } from './coerce-variables.js';
import { type Constraints, readConstraints } from './constraints.js';
import { type ArgumentProgram, checkCursor, readGivenArguments } from './given-arguments.js';

/**
 * Checks all arguments of an operation before anything runs: types of variables, `@constraint`s, sound text, cursors of
 * root lists.
 *
 * @returns The coerced variables.
 * @throws Refusal with at most five `BAD_USER_INPUT`, each naming its `argument`.
 */
export type CheckArguments = (operation: Operation) => Variables;

const MOST_FAULTS = 5;

/** @throws Error where the supergraph holds a constraint that cannot be checked. */
export function createCheckArguments(supergraph: Supergraph): CheckArguments {
  const constraints = readConstraints(supergraph.document);
  const programs = new WeakMap<object, ArgumentProgram & { readonly faults: readonly Fault[] }>();
  return (operation) => {
    const known = programs.get(operation.definition) ?? compile(operation, constraints);
    programs.set(operation.definition, known);
    let variables: Variables = Object.create(null);
    const faults = collect((report) => {
      variables = coerceVariables(operation, (name) => known.argumentOf.get(name) ?? name, report);
    });
    if (faults.length > 0) throw toRefusal(faults, { isOfCoercion: true });
    const more = check(known, variables, constraints);
    if (known.faults.length + more.length > 0) throw toRefusal([...known.faults, ...more]);
    return variables;
  };
}

/** What does not depend on variables is checked once per operation. */
function compile(operation: Operation, constraints: Constraints): ArgumentProgram & { faults: readonly Fault[] } {
  const all = readGivenArguments(operation, constraints);
  const fixed = {
    ...all,
    values: all.values.filter(({ isFixed }) => isFixed),
    cursors: all.cursors.filter(({ isFixed }) => isFixed),
  };
  return {
    argumentOf: all.argumentOf,
    values: all.values.filter(({ isFixed }) => !isFixed),
    cursors: all.cursors.filter(({ isFixed }) => !isFixed),
    faults: check(fixed, Object.create(null), constraints),
  };
}

/** Cursors only where the other arguments, which name the list, are right. */
function check({ values, cursors }: ArgumentProgram, variables: Variables, constraints: Constraints): Fault[] {
  const faults = collect((report) => {
    for (const { read, type, argument, constraint } of values)
      checkValue({ value: read(variables), type, argument, constraint }, constraints, report);
  });
  if (faults.length > 0) return faults;
  return collect((report) => {
    for (const cursor of cursors) checkCursor(cursor, variables, report);
  });
}

/** Thrown to stop where nobody wants to read more faults. */
const ENOUGH = Symbol('enough faults');

function collect(work: (report: Report) => void): Fault[] {
  const faults: Fault[] = [];
  try {
    work((fault) => {
      faults.push(fault);
      if (faults.length === MOST_FAULTS) throw ENOUGH;
    });
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return faults;
}

function toRefusal(faults: readonly Fault[], options: { isOfCoercion?: boolean } = {}): Refusal {
  const first = new Map(faults.toReversed().map((fault) => [fault.argument, fault]));
  const errors = [...first.values()]
    .toReversed()
    .slice(0, MOST_FAULTS)
    .map(({ argument, message }) => new AppError('BAD_USER_INPUT', message, { detail: { argument } }));
  return new Refusal(errors, options);
}
