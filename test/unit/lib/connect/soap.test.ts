import { describe, expect, it } from '@jest/globals';
import { readEnvelope, toEnvelope } from '../../../../lib/connect/soap.js';
import { findText, readXml } from '../../../../lib/connect/xml.js';

const OPERATION = {
  url: 'http://127.0.0.1:1/',
  namespace: 'urn:x',
  operation: 'call',
  parameter: 'message',
  result: 'messageReturn',
  deadlineMs: 1000,
};

const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

const answer = (result: string): string =>
  envelope(`<r:callResponse xmlns:r="urn:x"><messageReturn>${result}</messageReturn></r:callResponse>`);

const codeOf = (text: string) =>
  readEnvelope(text, OPERATION).then(
    () => 'read',
    (error: { extensions: { code: string } }) => error.extensions.code,
  );

describe('toEnvelope', () => {
  it('carries the message as base64 of UTF-8', async () => {
    const root = await readXml(toEnvelope(OPERATION, '<a>ș</a>'));
    expect(Buffer.from(findText(root, 'Body/call/message') ?? '', 'base64').toString('utf8')).toBe('<a>ș</a>');
  });
});

describe('readEnvelope', () => {
  it.each([
    ['below the response element', answer(base64('<a>ș</a>'))],
    ['right in the body', envelope(`<messageReturn>${base64('<a>ș</a>')}</messageReturn>`)],
    ['in lines', answer(base64('<a>ș</a>').replace(/(.{4})/g, '$1\r\n'))],
  ])('reads a result %s', async (_, text) => {
    await expect(readEnvelope(text, OPERATION)).resolves.toBe('<a>ș</a>');
  });

  it.each([
    ['a page of HTML', '<html><body>down</body></html>', 'LEGACY_MALFORMED'],
    ['SOAP 1.2', answer('YQ==').replace('schemas.xmlsoap.org/soap', 'www.w3.org/2003/05/soap'), 'LEGACY_MALFORMED'],
    ['no result', envelope('<other/>'), 'LEGACY_MALFORMED'],
    ['an empty result', answer(''), 'LEGACY_MALFORMED'],
    ['characters that are not base64', answer('YWJj%&=='), 'LEGACY_MALFORMED'],
    ['base64 cut off', answer('YWJjZ'), 'LEGACY_MALFORMED'],
    ['bytes that are not UTF-8', answer(base64(new Uint8Array([0xc3, 0x28]))), 'LEGACY_MALFORMED'],
    ['half an envelope', answer(base64('<a/>')).slice(0, 120), 'LEGACY_MALFORMED'],
    ['a document type', `<!DOCTYPE x>${answer('YWJj')}`, 'LEGACY_MALFORMED'],
    ['a fault', envelope('<s:Fault><faultcode>s:Server</faultcode></s:Fault>'), 'LEGACY_UNAVAILABLE'],
  ])('refuses %s', async (_, text, code) => {
    expect(await codeOf(text)).toBe(code);
  });
});
