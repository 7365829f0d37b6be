import { element, find, malformed, readXml, toDocument, type XmlElement } from './xml.js';

/** One SOAP 1.1 operation that somebody else calls, with a whole message as base64 text. */
export interface SoapInlet {
  readonly namespace: string;
  readonly operation: string;
  readonly parameter: string;
  readonly result: string;
}

export const SOAP_MEDIA_TYPE = 'text/xml; charset=utf-8';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

/**
 * @param body Of the HTTP request.
 * @returns The message, read.
 * @throws AppError `LEGACY_MALFORMED` for what is no such call, no UTF-8, broken base64, or XML that `readXml` refuses.
 */
export async function readSoapCall(
  { mediaType, body }: { readonly mediaType: string; readonly body: Buffer },
  inlet: SoapInlet,
): Promise<XmlElement> {
  if (!/^text\/xml\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(mediaType))
    throw malformed('another content type than text/xml');
  const root = await readXml(decode(body));
  const call = find(root, `Body/${inlet.operation}`);
  if (root.name !== 'Envelope' || root.namespace !== ENVELOPE || call === null || call.namespace !== inlet.namespace)
    throw malformed(`no call of ${inlet.operation}`);
  const base64 = find(call, inlet.parameter)?.text.replace(/\s+/g, '') ?? '';
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw malformed('broken base64');
  return readXml(decode(Buffer.from(base64, 'base64')));
}

/** @param message XML text. */
export const writeSoapResult = (message: string, { namespace, operation, result }: SoapInlet): string =>
  toEnvelope(
    element(`tns:${operation}Response`, element(result, Buffer.from(message, 'utf8').toString('base64')), {
      'xmlns:tns': namespace,
    }),
  );

/** @param side Whose fault it is: `Server`, and the same message may be sent again; `Client`, and it must not. */
export const writeSoapFault = (side: 'Client' | 'Server', text: string): string =>
  toEnvelope(element('soapenv:Fault', [element('faultcode', `soapenv:${side}`), element('faultstring', text)]));

const toEnvelope = (content: ReturnType<typeof element>): string =>
  toDocument(element('soapenv:Envelope', element('soapenv:Body', content), { 'xmlns:soapenv': ENVELOPE }));

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('no UTF-8');
  }
}
