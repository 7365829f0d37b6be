// A second reader of the audit log, made from docs/audit-format.md and sharing no code with the first one.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE =
  /^(\{"sequence":(\d+),"previous":"([0-9a-f]{64})",.*?"signed":(true|false),"digest":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})","payload":(.*?)(?:,"signature":"([\w-]{86})")?\}$/;
const sha256 = (text) => createHash('sha256').update(text, 'ascii').digest('hex');

const [folder, keyPath, headPath] = process.argv.slice(2);
const key = createPublicKey(readFileSync(keyPath));
const isSigned = (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
const head = JSON.parse(readFileSync(headPath, 'utf8'));

let sequence = 0;
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
    link = signed === 'false' ? hash : sha256(hash + signature);
  }
}
process.stdout.write(JSON.stringify({ lines: sequence, sound }));
