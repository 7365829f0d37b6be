import { readFileSync } from 'node:fs';
import { type ConstDirectiveNode, type DocumentNode, GraphQLError, Kind, parse, visit } from 'graphql';
import { type Insertion, insertAll, insertRules } from './insert-rules.js';
import { liftSchema } from './lift.js';

const WORDS = new URL('../../../schema/directives.graphql', import.meta.url);
const FEDERATION = /^https:\/\/specs\.apollo\.dev\/federation\/v2\.(\d+)$/;
/** The version that the shared words speak. */
const OUR_MINOR = 9;

/** Words that a schema may use without defining or importing them. */
const SHARED = ['public', 'constraint', 'policy', 'authenticated', 'requiresScopes', 'listSize', 'cacheControl'];
/** Of these, the ones that are ours and not of the federation specification. */
const OWN_WORDS = `
extend schema
  @link(url: "https://fachverbund.example/words/v1.0", import: ["@public", "@constraint"])
  @composeDirective(name: "@public")
  @composeDirective(name: "@constraint")
directive @public on FIELD_DEFINITION
directive @constraint(format: String, min: Int, max: Int) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | SCALAR
`;

/**
 * Adds what a schema leaves out because all schemas have it, without moving its lines: the shared words behind it, the
 * imports that they need in its link, and rules where its language cannot say them. A Federation 1 schema with
 * `@external` is lifted to Federation 2 first, and written anew.
 *
 * @param rules As `insertRules`, or `null`.
 * @returns The text as it was where it needs nothing, or cannot be read: then the check says so.
 * @throws UsageError as `insertRules`.
 */
export function completeSchema(sdl: string, rules: string | null): string {
  try {
    const original = parse(sdl);
    const isOld = linkOf(original) === null && !usesAny(original, SHARED) && usesAny(original, ['external']);
    const base = isOld ? liftSchema(sdl) : sdl;
    const text = rules === null ? base : insertRules(base, rules);
    const document = parse(text);
    if (!usesAny(document, SHARED)) return text;
    const link = linkOf(document);
    if (!link) return `${text}\n${readSharedWords()}`;
    const isDefined = document.definitions.some(
      (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === 'public',
    );
    return isDefined ? text : `${insertAll(text, importsFor(link, text))}\n${OWN_WORDS}`;
  } catch (error) {
    if (error instanceof GraphQLError) return sdl;
    throw error;
  }
}

/** What every schema of the federation may use without defining it. */
export const readSharedWords = (): string => readFileSync(WORDS, 'utf8');

/** The link to Federation 2; `null`: there is none. */
function linkOf({ definitions }: DocumentNode): ConstDirectiveNode | null {
  for (const node of definitions)
    if (node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION)
      for (const directive of node.directives ?? [])
        if (directive.name.value === 'link' && FEDERATION.test(urlOf(directive) ?? '')) return directive;
  return null;
}

const argumentOf = ({ arguments: args = [] }: ConstDirectiveNode, name: string) =>
  args.find((argument) => argument.name.value === name);

function urlOf(link: ConstDirectiveNode): string | null {
  const value = argumentOf(link, 'url')?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}

/** Words of the specification that its link does not import yet, and a version that has them. */
function importsFor(link: ConstDirectiveNode, text: string): Insertion[] {
  const imported = argumentOf(link, 'import')?.value;
  const known = imported?.kind === Kind.LIST ? imported.values : [];
  const names = known.flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
  const used = ['@policy', '@authenticated', '@requiresScopes', '@listSize'].filter((name) => text.includes(name));
  const missing = ['@composeDirective', ...used].filter((name) => !names.includes(name));
  const list = missing.map((name) => `"${name}"`).join(', ');
  const url = argumentOf(link, 'url')?.value.loc;
  if (!url) return [];
  const minor = Number(FEDERATION.exec(urlOf(link) ?? '')?.[1]);
  // Each version has all that the one before had.
  const newer = `"https://specs.apollo.dev/federation/v2.${Math.max(minor, OUR_MINOR)}"`;
  const raised = { at: url.start, to: url.end, text: newer };
  return imported?.loc
    ? [raised, { at: imported.loc.start + 1, text: `${list}${list && names.length > 0 ? ', ' : ''}` }]
    : [{ ...raised, text: `${newer}, import: [${list}]` }];
}

function usesAny(document: DocumentNode, names: readonly string[]): boolean {
  let isUsed = false;
  visit(document, {
    Directive: ({ name }) => {
      isUsed ||= names.includes(name.value);
    },
  });
  return isUsed;
}
