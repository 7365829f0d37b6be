// A second reader of the audit log, made from docs/audit-format.md and sharing no code with the first one.
import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  verify,
} from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE =
  /^(\{"sequence":(\d+),"previous":"([0-9a-f]{64})",.*?"signed":(true|false),"digest":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})","payload":(.*?)(?:,"signature":"([\w-]{86})")?\}$/;
const sha256 = (text) => createHash('sha256').update(text, 'ascii').digest('hex');

const [folder, keyPath, headPath, officerPath] = process.argv.slice(2);
const key = createPublicKey(readFileSync(keyPath));
const isSigned = (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
const head = JSON.parse(readFileSync(headPath, 'utf8'));

const officer = createPrivateKey(readFileSync(officerPath));

/** The accesses of a payload as the officer reads them: those facts, and what was sealed beside them. */
function open(payload) {
  const facts = payload.slice(0, payload.lastIndexOf(',"sealed":'));
  const { accesses, sealed } = JSON.parse(payload);
  const [sender, recipient, nonce, data] = ['sender', 'recipient', 'nonce', 'data'].map((name) =>
    Buffer.from(sealed[name], 'base64url'),
  );
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: sealed.sender }, format: 'jwk' });
  const secret = diffieHellman({ privateKey: officer, publicKey });
  const key = hkdfSync('sha256', secret, Buffer.concat([sender, recipient]), 'fachverbund-audit-sealed-1', 32);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(facts, 'ascii')).setAuthTag(data.subarray(-16));
  const parts = JSON.parse(Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]).toString());
  return accesses.map(({ requestId }, at) => [requestId, parts[at].subject, parts[at].records[0].key.id]);
}

let sequence = 0;
const opened = [];
let link = '0'.repeat(64);
let sound = isSigned(`fachverbund-audit-head-1\n${head.sequence}\n${head.hash}\n${head.at}`, head.signature);
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith('.jsonl')) continue;
  for (const line of readFileSync(join(folder, name), 'ascii').split('\n').slice(0, -1)) {
    const [, header, number, previous, signed, digest, hash, payload, signature = ''] = LINE.exec(line) ?? [];
    JSON.parse(line);
    sequence += 1;
    sound &&= Number(number) === sequence && previous === link && sha256(header) === hash;
    sound &&= payload === 'null' || sha256(payload) === digest;
    sound &&= signed === 'false' || isSigned(`fachverbund-audit-line-1\n${sequence}\n${hash}`, signature);
    sound &&= sequence !== head.sequence || hash === head.hash;
    if (payload.includes('"sealed":')) opened.push(...open(payload));
    link = signed === 'false' ? hash : sha256(hash + signature);
  }
}
process.stdout.write(JSON.stringify({ lines: sequence, sound, opened }));
