import { at, group, leaf, NAMESPACES, parse } from './xml.js';

/** @returns The message that a call of `callApplicationByte` carries. @throws Error where it is no such call. */
export function readCall(envelope: string): string {
  const call = at(parse(envelope), 'soapenv:Body/tns:callApplicationByte/tns:xmlParameter');
  if (call === undefined) throw new Error('no call of callApplicationByte');
  const base64 = call.text.trim();
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(base64)) throw new Error('xmlParameter is not base64');
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
}

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
