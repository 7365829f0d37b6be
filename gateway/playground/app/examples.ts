import manifest from '../../../examples/queries/manifest.json';
import type { Example, Manifest } from './manifest.js';

const texts = import.meta.glob<string>('../../../examples/queries/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const { personas, examples }: Manifest = manifest;

export const textOf = (example: Example): string => texts[`../../../examples/queries/${example.file}`] ?? '';
