// Prints one access token of the demo identity provider that `npm start` runs: npm run -s token -- PERSONA
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env.RUN_FOLDER || fileURLToPath(new URL('../.run', import.meta.url));
const [persona = ''] = process.argv.slice(2);
try {
  process.stdout.write(`${await requestToken(readIdentity(), persona)}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function readIdentity() {
  try {
    const { parts } = JSON.parse(readFileSync(join(folder, 'federation.json'), 'utf8'));
    return parts.find(({ kind }) => kind === 'identity');
  } catch {
    throw new Error('Nothing is running here: start it with `npm start`.');
  }
}

async function requestToken({ url, clientSecret, personas }, name) {
  if (!personas.includes(name))
    throw new Error(`There is no persona ${JSON.stringify(name)}. There are: ${personas.join(', ')}.`);
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(name)}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  }).catch(() => {
    throw new Error(`The demo identity provider at ${url} does not answer: start it with \`npm start\`.`);
  });
  return (await response.json()).access_token;
}
