import { randomUUID } from 'node:crypto';
import type { Fault } from '../control.js';
import { writeFault, writeResult } from './envelope.js';

/** What goes back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a fault may need to know of the answer that it spoils. */
export interface Spoilt {
  readonly message: string;
  /** UUID of the message that was asked, and the municipality asked. */
  readonly uuid: string;
  readonly ags: string;
}

const XML = 'text/xml; charset=utf-8';

/** The answer as the fault leaves it; faults that send nothing at all are the server's. */
export function spoil(fault: Fault, spoilt: Spoilt): HttpAnswer {
  if (fault.error === 'http500') return { status: 500, type: 'text/plain', body: LEAK };
  if (fault.error === 'html') return { status: 200, type: 'text/html', body: `<html><body>${LEAK}</body></html>` };
  const special = SPECIAL[String(fault.special ?? '')];
  const sound = { status: 200, type: XML, body: writeResult(toBase64(spoilt.message)) };
  const answer = special ? special(spoilt) : sound;
  return fault.error === 'truncated' ? { ...answer, body: answer.body.slice(0, answer.body.length / 2) } : answer;
}

/** Nothing of this may ever be seen by anyone but a log. */
const LEAK = 'ORA-00942: table or view MELDE.PERSON does not exist at 10.1.2.3 (user MELDE_OWNER)';

const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const result = (message: string): HttpAnswer => ({ status: 200, type: XML, body: writeResult(toBase64(message)) });

/** Puts something between the XML declaration and the root element. */
const beforeRoot = (message: string, what: string): string => message.replace('?>', () => `?>${what}`);

const inRoot = (message: string, what: string): string =>
  message.replace('<nachrichtenkopf.g2g>', () => `${what}<nachrichtenkopf.g2g>`);

const BOMB = `<!DOCTYPE x [<!ENTITY a0 "bomb">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
).join('')}]>`;

/** Faults of this system alone: `PUT /fault {"special": …}`. */
const SPECIAL: Readonly<Record<string, (spoilt: Spoilt) => HttpAnswer>> = {
  'broken-base64': ({ message }) => ({ status: 200, type: XML, body: writeResult(`${toBase64(message).slice(5)}%&`) }),
  'truncated-xml': ({ message }) => result(message.slice(0, message.length / 2)),
  doctype: ({ message }) =>
    result(inRoot(beforeRoot(message, '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'), '<x>&file;</x>')),
  'entity-bomb': ({ message }) => result(inRoot(beforeRoot(message, BOMB), '<x>&a9;</x>')),
  'deep-nesting': ({ message }) => result(inRoot(message, `${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}`)),
  'too-large': ({ message }) => result(inRoot(message, `<x>${'0'.repeat(6 * 1024 * 1024)}</x>`)),
  'wrong-ags': ({ message, ags }) => result(message.replaceAll(ags, `${ags.slice(0, 7)}${(Number(ags[7]) + 1) % 10}`)),
  'other-request': ({ message, uuid }) => result(message.replaceAll(uuid, randomUUID())),
  'unknown-code': ({ message }) =>
    result(message.replace(/(<xmeld:geschlecht[^>]*><code>)[^<]*/g, (_, before: string) => `${before}q`)),
  'soap-fault': () => ({ status: 500, type: XML, body: writeFault('Server', LEAK) }),
};
