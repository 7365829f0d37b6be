import type { Command } from 'commander';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { collect } from '../audit/options.js';
import type { Format } from '../subgraph/check/report.js';
import { formatOption, hand } from '../subgraph/verbs.js';
import { UsageError } from '../usage-error.js';

const DEADLINE_MS = 10_000;

interface IntrospectOptions {
  readonly header?: readonly string[];
  readonly format: Format;
}

/** What a running graph says of itself. */
export function addGraphVerbs(program: Command): void {
  const graph = program.command('graph').description('what a running gateway or subgraph says of itself');
  graph
    .command('introspect <url>')
    .description('its schema as SDL; of a subgraph with its federation directives')
    .option('--header <header>', '"name: value" to send along; may be repeated', collect)
    .addOption(formatOption())
    .action(async (url: string, { header = [], format }: IntrospectOptions) => {
      const headers = Object.fromEntries(header.map(readHeader));
      const ask = (query: string) => post(url, { query }, headers);
      const sdl = ((await ask('{_service{sdl}}').catch(() => null))?._service as { sdl?: string } | undefined)?.sdl;
      hand(sdl ?? `${printSchema(buildClientSchema(await introspect(ask)))}\n`, 'sdl', { format });
    });
}

async function introspect(ask: (query: string) => Promise<Record<string, unknown>>): Promise<IntrospectionQuery> {
  return (await ask(getIntrospectionQuery())) as unknown as IntrospectionQuery;
}

async function post(url: string, question: object, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(question),
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(() => {
    throw new UsageError(`${url} does not answer.`);
  });
  const answer = (await response.json().catch(() => null)) as { data?: Record<string, unknown> | null } | null;
  if (!answer?.data) throw new UsageError(`${url} does not tell its schema (HTTP ${response.status}).`);
  return answer.data;
}

function readHeader(text: string): [string, string] {
  const at = text.indexOf(':');
  if (at < 1) throw new UsageError(`--header ${text.slice(0, 20)}: must be "name: value".`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
