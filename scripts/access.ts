import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJudge, type Verdict } from '../gateway/authorize/judge.js';
import { type Grant, type Policies, readPolicies } from '../gateway/authorize/policies.js';
import { readRuleMarks } from '../gateway/authorize/rule-marks.js';
import { toCaller } from '../gateway/identity/claims.js';
import { DEFAULT_MAPPING } from '../gateway/identity/mapping.js';
import type { Manifest } from '../gateway/playground/app/manifest.js';
import { readSupergraph } from '../gateway/supergraph.js';
import type { Caller } from '../lib/caller.js';
import { readCooperation } from '../lib/cooperation/read.js';
import { personasOf } from '../simulators/personas.js';
import { ROOT } from './root.js';

const INTRODUCTION = `# Who may see what

Written by \`npx tsx scripts/access.ts\` from \`schema/policies.yaml\` and \`schema/supergraph.graphql\`; a test compares.

A field that is not \`@public\` has a rule: its own, that of its type and that of the type of its value, all of them. What
the rule asks for is a policy; who is granted it stands below, and what no row grants is denied. The gateway decides
before it plans: a denied field is \`null\` with \`FORBIDDEN\` and its path, and no subgraph is asked for it. The subgraphs
decide again about the single record: which municipality, whose record, which block. Whoever lives under a block (§ 51
BMG) is in no answer to anybody but themselves, whatever stands below.

No role reads the audit log through the API, the protection officer and operations neither: the officer of a municipality
reads it with their own private key (audit.md). Citizens read in \`accessLog\` which office read what of theirs.
`;

/** The text of `docs/access.md`. */
export function describeAccess(): string {
  const policies = readPolicies(read('schema/policies.yaml'));
  const covered = coveredBy();
  const names = [...new Set(policies.grants.flatMap((grant) => grant.policies))].sort();
  return [
    INTRODUCTION,
    '## What a policy covers\n',
    table(
      ['Policy', 'Types and fields'],
      names.map((name) => [code(name), (covered.get(name) ?? []).map(code).join(' ')]),
    ),
    '## Who is granted it\n',
    [
      'All that a row says has to be met. A caseworker without a purpose or a file reference is refused as a whole (403).',
      '*Municipality*: the token names the municipalities the office works for, and the record must belong to one of them.',
      '*Login*: the least trust level of the citizen account.\n',
    ].join('\n'),
    table(
      ['Policy', 'Role', 'Purpose, one of', 'File reference', 'Municipality', 'Login', 'Law'],
      names.flatMap((name) =>
        policies.grants
          .filter((grant) => grant.policies.includes(name))
          .map((grant) => [code(name), ...cellsOf(grant)]),
      ),
    ),
    `Refused as a whole where nothing is granted of what they ask for: ${policies.refused.join(', ')}.\n`,
    '## The personas of the demo\n',
    'With the purpose and file reference of `examples/queries/manifest.json`; a level is the one that a stronger login would need.\n',
    personaTable(policies, names),
  ].join('\n');
}

const cellsOf = ({ role, office, purposes = [], fileReference, municipality, trustLevel, law }: Grant): string[] => [
  office ? `${role}, ${office}` : role,
  purposes.map(code).join(' '),
  fileReference ?? '',
  municipality ?? '',
  trustLevel ?? '',
  law,
];

/** Types and fields by policy. */
function coveredBy(): ReadonlyMap<string, readonly string[]> {
  const { requirements } = readRuleMarks(readSupergraph(read('schema/supergraph.graphql')));
  const covered = new Map<string, string[]>();
  for (const [place, rules] of requirements)
    for (const right of rules.flat(2))
      if (right.startsWith('policy ')) {
        const name = right.slice('policy '.length);
        covered.set(name, [...(covered.get(name) ?? []), place]);
      }
  return new Map([...covered].map(([name, places]) => [name, places.sort()]));
}

function personaTable(policies: Policies, names: readonly string[]): string {
  const shown = (verdict: Verdict): string =>
    verdict.kind === 'granted' ? 'yes' : verdict.kind === 'level' ? verdict.level : '–';
  const rows = personas().map(([name, caller]) => {
    const judge = createJudge(caller, policies);
    return [code(name), ...names.map((policy) => shown(judge.judge([[['signed in', `policy ${policy}`]]])))];
  });
  return table(['Persona', ...names], rows);
}

/** The personas as the gateway knows them. */
function personas(): [string, Caller][] {
  const manifest = JSON.parse(read('examples/queries/manifest.json')) as Manifest;
  const { municipalities } = readCooperation(read('cooperation.yaml'));
  return personasOf({ municipalities, size: 2000, seed: 1, today: '2026-03-20' }).map(({ name, claims }) => {
    const { purpose = null, fileReference = null } = manifest.personas.find((one) => one.name === name) ?? {};
    const caller = toCaller({ ...claims }, DEFAULT_MAPPING, { purpose, fileReference });
    if (!caller) throw new TypeError(`Persona ${name} is no caller.`);
    return [name, caller];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

const code = (text: string): string => `\`${text}\``;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

if (/\/scripts\/access\.(ts|js)$/.test(process.argv[1] ?? ''))
  writeFileSync(join(ROOT, 'docs/access.md'), describeAccess());
