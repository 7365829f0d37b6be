// Installs what is missing: the packages of the lock file, and with --test what the tests need beside them.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const lockOf = (path) => (existsSync(path) ? Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages) : []);
const wanted = lockOf('package-lock.json').filter(([path, entry]) => path !== '' && !entry.optional && !entry.peer);
const installed = new Map(lockOf('node_modules/.package-lock.json'));
const isComplete = wanted.every(([path, entry]) => installed.get(path)?.version === entry.version);
if (!isComplete) execFileSync('npm', ['ci'], { stdio: ['ignore', 2, 2] });

if (process.argv.includes('--test')) {
  const missing = [
    ['redis-server', 'redis-server'],
    ['chromium', 'chromium'],
  ]
    .filter(([command]) => spawnSync('which', [command]).status !== 0)
    .map(([, name]) => name);
  if (missing.length > 0) installFromDebian(missing);
}

function installFromDebian(packages) {
  const commands = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages],
  ];
  const done =
    process.getuid?.() === 0 &&
    commands.every(
      ([name, ...args]) =>
        spawnSync(name, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
          .status === 0,
    );
  if (done) return;
  console.error(
    `The tests need ${packages.join(' and ')}. Install them with: sudo apt-get install ${packages.join(' ')}`,
  );
  process.exit(1);
}
