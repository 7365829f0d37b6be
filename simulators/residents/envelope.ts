import { at, group, leaf, NAMESPACES, parse, textAt } from './xml.js';

/** @returns The message that a call of `callApplicationByte` carries. @throws Error where it is no such call. */
export function readCall(envelope: string): string {
  const call = at(parse(envelope), 'soapenv:Body/tns:callApplicationByte/tns:xmlParameter');
  if (call === undefined) throw new Error('no call of callApplicationByte');
  const base64 = call.text.trim();
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(base64)) throw new Error('xmlParameter is not base64');
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
}

/** A call of the other side's `callApplicationByte`. */
export const writeCall = (message: string): string =>
  envelope([
    `<tns:callApplicationByte xmlns:tns="${NAMESPACES.tns}">`,
    leaf('tns:xmlParameter', Buffer.from(message, 'utf8').toString('base64')),
    '</tns:callApplicationByte>',
  ]);

/** @returns Which message the other side says it has. @throws Error where it says nothing of the kind. */
export function readReceipt(envelope: string): string {
  const base64 = textAt(parse(envelope), 'soapenv:Body/tns:callApplicationByteResponse/callApplicationByteReturn');
  const receipt = parse(Buffer.from(base64, 'base64').toString('utf8'));
  return receipt.name === 'sim:quittung' ? textAt(receipt, 'nachrichtenUUID') : '';
}

export const isFault = (envelope: string, side: 'Client' | 'Server'): boolean =>
  textAt(parse(envelope), 'soapenv:Body/soapenv:Fault/faultcode') === `soapenv:${side}`;

/** @param base64 The answering message, already encoded. */
export const writeResult = (base64: string): string =>
  envelope([
    `<tns:callApplicationByteResponse xmlns:tns="${NAMESPACES.tns}">`,
    leaf('callApplicationByteReturn', base64),
    '</tns:callApplicationByteResponse>',
  ]);

/** @param side Whose fault it is. */
export const writeFault = (side: 'Client' | 'Server', text: string): string =>
  envelope([group('soapenv:Fault', [leaf('faultcode', `soapenv:${side}`), leaf('faultstring', text)])]);

const envelope = (body: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${NAMESPACES.soapenv}">${group('soapenv:Body', body)}</soapenv:Envelope>`;
