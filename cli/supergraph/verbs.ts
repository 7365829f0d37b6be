import type { Command } from 'commander';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { toDrawing } from '../../lib/map/boxes.js';
import { drawSvg } from '../../lib/map/draw.js';
import { readMap } from '../../lib/map/model.js';
import { currentOf } from '../../lib/registry/state.js';
import { readSource } from '../registry/verbs.js';
import { toFindings } from '../subgraph/check/composition.js';
import { composeApart } from '../subgraph/compose/compose-apart.js';
import { withSession } from '../subgraph/session.js';
import { type CommonOptions, hand, readText, report, withRegistry } from '../subgraph/verbs.js';
import { UsageError } from '../usage-error.js';

/** The whole schema. */
export function addSupergraphVerbs(program: Command): void {
  const supergraph = program.command('supergraph').description('the schema of the whole federation');
  withRegistry(supergraph.command('compose [schemas...]'))
    .description('compose schemas (NAME=FILE); without any, what runs in the stage')
    .option('--out <file>', 'where to write it; standard output where none is named')
    .action(async (schemas: string[], options: CommonOptions & { out?: string }) => {
      const text = schemas.length > 0 ? await composeFiles(schemas, options) : await fetchRunning(options);
      if (text === null) return;
      hand(text, 'supergraph', options);
    });
  withRegistry(supergraph.command('map'))
    .description('who runs what for whom, and which subgraph answers what, as an SVG')
    .option('--supergraph <file>', 'a composed schema; without it, what runs in the stage')
    .requiredOption('--out <file>', 'where to write it')
    .action(async (options: CommonOptions & { supergraph?: string; out: string }) => {
      const sdl = options.supergraph === undefined ? await fetchRunning(options) : readText(options.supergraph);
      const map = readMap(sdl, readCooperationFile(options.cooperation));
      hand(await drawSvg(toDrawing(map), 'Map of the federation'), 'map', options);
    });
}

async function composeFiles(schemas: readonly string[], { format }: CommonOptions): Promise<string | null> {
  const sources = schemas.map(readSource);
  const composed = await composeApart(sources);
  if ('supergraph' in composed) return composed.supergraph;
  report(toFindings(composed.faults, sources[0]?.name ?? ''), format);
  return null;
}

const fetchRunning = (options: CommonOptions): Promise<string> =>
  withSession(options, async ({ registry }) => {
    const current = currentOf(await registry.refresh(), options.stage);
    const text = current && (await registry.store.readText(current.supergraph));
    if (!text) throw new UsageError(`Nothing runs in the stage ${options.stage}.`);
    return text;
  });
