/** What the gateway told about how an answer came about: `extensions.explain`. */
export interface Explained {
  /** `null`: nothing was planned, or this engine shows no plan. */
  readonly plan: string | null;
  readonly cost: { readonly estimated: number; readonly limit: number } | null;
  readonly cache: string | null;
  readonly isCompiled: boolean | null;
  /** In the order in which they ended. */
  readonly subgraphRequests: readonly ExplainedRequest[];
}

export interface ExplainedRequest {
  readonly subgraph: string;
  readonly provider: string;
  readonly durationMs: number;
  readonly outcome: string;
}

/** Asks for it; the gateway that serves this page tells. */
export const EXPLAIN_HEADERS = { 'x-explain': '1' } as const;

/** An answer as the page takes it apart. */
export interface Told {
  /** The answer as if nothing had been asked beside it. */
  readonly answer: Record<string, unknown>;
  /** `null`: the gateway told nothing, as where it refuses the token. */
  readonly explained: Explained | null;
}

export function takeExplained({ extensions, ...answer }: Record<string, unknown>): Told {
  const { explain, ...others } = (extensions ?? {}) as Record<string, unknown>;
  const isLeft = Object.keys(others).length > 0;
  return {
    answer: isLeft ? { ...answer, extensions: others } : answer,
    explained: (explain as Explained | undefined) ?? null,
  };
}

/** One line for who cannot see the page, and for the eye in passing. */
export function summarize({ cost, subgraphRequests }: Explained): string {
  const count = subgraphRequests.length;
  const failed = subgraphRequests.filter(({ outcome }) => outcome !== 'ok').length;
  return [
    ...(cost ? [`Cost ${cost.estimated}`] : []),
    `${count} subgraph request${count === 1 ? '' : 's'}${failed > 0 ? `, ${failed} failed` : ''}`,
  ].join(', ');
}

/** The editor asks for the schema by itself; nobody wants to be told about that. */
export const isOfEditor = (operationName: string | null | undefined): boolean => operationName === 'IntrospectionQuery';
