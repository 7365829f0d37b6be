import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { findFreePorts } from '../../scripts/ports.js';
import { ROOT } from '../../scripts/root.js';

jest.setTimeout(300_000);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-onboarding-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Its commands as one script, with ports that are free. */
async function readScript(): Promise<string> {
  const text = await readFile('docs/onboarding.md', 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  const fences = [...text.matchAll(/^```(\w*)\n/gm)].map(([, language]) => language);
  // Every other one closes.
  expect(fences.filter((language, index) => index % 2 === 0 && language !== 'sh')).toEqual([]);
  const names = [...new Set(text.match(/\b42\d\d\b/g))];
  const ports = await findFreePorts(names.length);
  return names.reduce((script, name, index) => script.replaceAll(name, String(ports[index])), blocks.join('\n'));
}

describe('docs/onboarding.md', () => {
  it('leads from nothing to an approved subgraph, command by command', async () => {
    await writeFile(join(folder, 'fachverbund'), `#!/bin/sh\nexec node "${ROOT}/dist/cli/main.js" "$@"\n`, {
      mode: 0o755,
    });
    // What was started in the background ends with the script.
    const script = `set -eEuo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n${await readScript()}\n`;
    const child = spawn('bash', ['-c', script], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}`, FACHVERBUND: ROOT.replace(/\/$/, ''), HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(code === 0 ? '' : output).toBe('');
    expect(output).toContain('0 errors');
    expect(output).toContain('rolled-back');
    expect(await readFile(join(folder, 'map.svg'), 'utf8')).toContain('Tree');
  });
});
