import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { z } from 'zod';
import { DEFAULT_MAPPING, readMapping } from '../../../gateway/identity/mapping.js';
import { GATEWAY_SETTINGS } from '../../../gateway/settings.js';
import type { AnySubgraph } from '../../../lib/subgraph/define.js';
import { SUBGRAPH_SETTINGS } from '../../../lib/subgraph/serve.js';
import { ROOT } from '../../../scripts/root.js';
import { readDocument, readTables } from '../../support/markdown.js';

const tables = new Map(readTables('docs/configuration.md').map(({ title, rows }) => [title, rows]));

/** The default as the document shows it. */
function showDefault(schema: z.core.$ZodType): string {
  const inner = 'in' in schema._zod.def ? (schema._zod.def.in as z.core.$ZodType) : schema;
  const result = (inner as z.ZodType).safeParse(undefined);
  if (!result.success) return '**needed**';
  const isNothing =
    result.data === undefined || result.data === '' || (Array.isArray(result.data) && result.data.length === 0);
  return isNothing ? '–' : `\`${String(result.data)}\``;
}

const rowsOf = (settings: z.ZodRawShape) =>
  Object.entries(settings).map(([name, schema]) => [`\`${name}\``, showDefault(schema)]);

const documented = (title: string) => (tables.get(title) ?? []).map((row) => row.slice(0, 2));

describe('docs/configuration.md', () => {
  it('has every setting of the gateway with its default and meaning', () => {
    const rows = Object.entries(GATEWAY_SETTINGS).map(([name, schema]) => [
      `\`${name}\``,
      showDefault(schema),
      schema.description,
    ]);
    expect(tables.get('Gateway')).toEqual(rows);
  });

  it('has every setting that all subgraphs have', () => {
    expect(documented('Every subgraph')).toEqual(rowsOf(SUBGRAPH_SETTINGS));
  });

  const names = readdirSync(join(ROOT, 'subgraphs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'example')
    .map(({ name }) => name);

  it.each(names)('has every setting of the subgraph %s', async (name) => {
    const { subgraph } = (await import(`../../../subgraphs/${name}/index.js`)) as { subgraph: AnySubgraph };
    expect(documented(`Subgraph ${name}`)).toEqual(rowsOf(subgraph.settings));
  });

  it('shows identity mappings that are read, the first being the one without a file', () => {
    const blocks = [...readDocument('docs/configuration.md').matchAll(/```yaml\n([\s\S]*?)```/g)];
    const [first, second] = blocks.map(([, text]) => readMapping(parse(text ?? '')));
    expect(first).toEqual(DEFAULT_MAPPING);
    expect(second?.role.values).toMatchObject({ sachbearbeitung: 'caseworker' });
  });
});
