import { text } from 'node:stream/consumers';
import { tryCompose } from '../../../schema/try-compose.js';
import type { ComposeJob } from './compose-apart.js';

/** Reads a `ComposeJob` as JSON from stdin, composes them, writes `Composed` as JSON to stdout. */
const { sources, needsRules } = JSON.parse(await text(process.stdin)) as ComposeJob;
process.stdout.write(JSON.stringify(tryCompose(sources, { needsRules })));
