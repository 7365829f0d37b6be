#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addAuditVerbs } from './audit/verbs.js';
import { inWords } from './in-words.js';

/**
 * `fachverbund`: what partners and operators do without a browser. Exit codes: 0 all is well, 1 something was found,
 * 2 the command was not understood or could not be carried out.
 */
const program = new Command('fachverbund')
  .description('tools for partners and operators of a Fachverbund')
  .exitOverride()
  .showHelpAfterError();

addAuditVerbs(program, process.env);
// The log is read from its files alone: that must not wait for all that composes and draws.
if (process.argv[2] !== 'audit') {
  (await import('./subgraph/verbs.js')).addSubgraphVerbs(program);
  (await import('./supergraph/verbs.js')).addSupergraphVerbs(program);
  (await import('./registry/verbs.js')).addRegistryVerbs(program);
  (await import('./graph/verbs.js')).addGraphVerbs(program);
  (await import('./dev/verbs.js')).addDevVerb(program);
}

try {
  await program.parseAsync();
} catch (error) {
  const isHelp = error instanceof CommanderError && error.exitCode === 0;
  // Commander has said what is wrong with the command line itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`${inWords(error)}\n`);
  process.exitCode = isHelp ? 0 : 2;
}
