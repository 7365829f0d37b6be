import {
  type ASTNode,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeDefinitionNode,
  type TypeNode,
  visit,
} from 'graphql';
import { type Finding, type Place, type Proposal, placeOf } from './finding.js';

/** What is written the same way in every schema of the federation, so that it reads as one. */
export function findUnconventional({ subgraph, sdl }: Proposal): Finding[] {
  const found: Finding[] = [];
  const note = (rule: keyof typeof RULES, what: string, place: Place | null): void => {
    found.push({ code: rule, subgraph, place, what, ...RULES[rule] });
  };
  visit(parse(sdl), {
    enter(node: ASTNode) {
      if (isTypeDefinition(node) && !/^[A-Z][A-Za-z0-9]*$/.test(node.name.value))
        note('NAME', `The type ${node.name.value} is not written in PascalCase.`, placeOf(node));
      if (node.kind === Kind.ENUM_VALUE_DEFINITION && !/^[A-Z][A-Z0-9_]*$/.test(node.name.value))
        note('NAME', `The value ${node.name.value} is not written in SCREAMING_CASE.`, placeOf(node));
      if (isTypeDefinition(node) && !node.description && !isRoot(node) && !isReference(node))
        note('DESCRIPTION', `${node.name.value} has no description.`, placeOf(node));
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
        for (const field of isReference(node) ? [] : (node.fields ?? [])) checkField(node, field, note);
    },
  });
  return found;
}

type Note = (rule: keyof typeof RULES, what: string, place: Place | null) => void;

function checkField(
  type: ObjectTypeDefinitionNode | ObjectTypeExtensionNode,
  field: FieldDefinitionNode,
  note: Note,
): void {
  const name = `${type.name.value}.${field.name.value}`;
  const place = placeOf(field);
  if (!/^[_a-z][A-Za-z0-9]*$/.test(field.name.value)) note('NAME', `${name} is not written in camelCase.`, place);
  if (type.name.value === 'Query' && field.type.kind === Kind.NON_NULL_TYPE)
    note('NULLABLE', `${name} is never null.`, place);
  if (!field.description && !has(field, 'external')) note('DESCRIPTION', `${name} has no description.`, place);
  const isList = unwrap(field.type).kind === Kind.LIST_TYPE;
  if (type.name.value === 'Query' && isList && !hasArgument(field, 'first') && !has(field, 'listSize'))
    note('PAGINATION', `${name} is a list without a bound.`, place);
  if (nameOf(field.type) === 'Float' && MONEY.test(field.name.value))
    note('MONEY', `${name} is an amount as Float.`, place);
  const deprecated = field.directives?.find((directive) => directive.name.value === 'deprecated');
  if (deprecated && !/\d{4}-\d{2}-\d{2}/.test(reasonOf(deprecated)))
    note('DEPRECATION', `${name} is deprecated without a day.`, place);
}

const MONEY = /(amount|fee|price|cost|rent|income|sum|betrag|gebuehr)/i;

const RULES = {
  NAME: {
    severity: 'warning',
    why: 'One way to write names lets a reader tell types, fields and values apart in every schema.',
    how: 'PascalCase for types, camelCase for fields and arguments, SCREAMING_CASE for values of enums.',
  },
  DESCRIPTION: {
    severity: 'warning',
    why: 'The description is the documentation that portals and other offices read.',
    how: 'Say in one sentence what it is, with the official term and its source.',
  },
  NULLABLE: {
    severity: 'error',
    why: 'One office that is down, or one field that is denied, must not take the whole answer with it.',
    how: 'Remove the exclamation mark.',
  },
  PAGINATION: {
    severity: 'error',
    why: 'A list that grows makes the answer, and its cost, unbounded.',
    how: 'Return a connection with first and after, or bound the list with @listSize(assumedSize: …).',
  },
  MONEY: {
    severity: 'error',
    why: 'Floating point loses cents.',
    how: 'Use an Int in cents, with the unit in its name: feeCents.',
  },
  DEPRECATION: {
    severity: 'error',
    why: 'Whoever uses the field must know how long they have.',
    how: 'Name the last day in the reason: @deprecated(reason: "Use … . Until 2027-06-30.")',
  },
} as const satisfies Record<string, Pick<Finding, 'severity' | 'why' | 'how'>>;

const TYPE_KINDS: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
]);

const isTypeDefinition = (node: ASTNode): node is TypeDefinitionNode => TYPE_KINDS.has(node.kind);

const isRoot = ({ name }: TypeDefinitionNode): boolean => /^(Query|Mutation|Subscription)$/.test(name.value);

/** Only named here, by a key that leads elsewhere: its own subgraph describes it. */
const isReference = ({
  directives = [],
}: {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}): boolean =>
  directives.some(
    ({ name, arguments: args = [] }) =>
      (name.value === 'key' || name.value === 'federation__key') &&
      args.some((arg) => arg.name.value === 'resolvable' && arg.value.kind === Kind.BOOLEAN && !arg.value.value),
  );

const unwrap = (type: TypeNode): TypeNode => (type.kind === Kind.NON_NULL_TYPE ? type.type : type);

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

const hasArgument = (field: FieldDefinitionNode, name: string): boolean =>
  (field.arguments ?? []).some((argument) => argument.name.value === name);

const has = (field: FieldDefinitionNode, directive: string): boolean =>
  (field.directives ?? []).some(({ name }) => name.value === directive || name.value === `federation__${directive}`);

function reasonOf({ arguments: args = [] }: ConstDirectiveNode): string {
  const value = args.find(({ name }) => name.value === 'reason')?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
