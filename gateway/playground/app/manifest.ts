/** A login that the demo identity provider knows, and what its owner would state with a request. */
export interface Persona {
  readonly name: string;
  readonly label: string;
  readonly purpose: string | null;
  readonly fileReference: string | null;
}

/** An example query: a file beside the manifest and how to ask it. */
export interface Example {
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** Name of a persona; `null`: public, nobody signed in. */
  readonly persona: string | null;
  /** Where a text holds `<ags>`, the municipality of the persona takes its place. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The form of `examples/queries/manifest.json`. */
export interface Manifest {
  readonly personas: readonly Persona[];
  readonly examples: readonly Example[];
}

/**
 * Puts a real municipality into the variables of an example.
 *
 * @param municipalities AGS of the cooperation, in the order the gateway gives them.
 * @param competence AGS or prefixes (`10045*`) of the token; empty: any municipality will do.
 */
export function fillVariables(
  variables: Example['variables'],
  municipalities: readonly string[],
  competence: readonly string[],
): Record<string, unknown> {
  const isCovered = (ags: string) =>
    competence.some((pattern) => (pattern.endsWith('*') ? ags.startsWith(pattern.slice(0, -1)) : pattern === ags));
  const ags = municipalities.find(isCovered) ?? municipalities[0] ?? '';
  return JSON.parse(JSON.stringify(variables), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('<ags>', ags) : value,
  ) as Record<string, unknown>;
}

/** Municipalities of an access token (claim `ags`); the gateway verifies it, here it only picks examples. */
export function competenceOf(token: string): string[] {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const { ags } = JSON.parse(atob(payload)) as { ags?: unknown };
    return Array.isArray(ags) ? ags.map(String) : [];
  } catch {
    return [];
  }
}
