// Compiles to dist/ and copies the files that code reads beside itself, so that dist/ runs alone.
import { execFileSync } from 'node:child_process';

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
await import('./playground.mjs');
await import('./assets.mjs');
