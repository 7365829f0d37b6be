import { describe, expect, it } from '@jest/globals';
import { readCall, writeFault, writeResult } from '../../../../simulators/residents/envelope.js';
import { parse, textAt } from '../../../../simulators/residents/xml.js';

const call = (parameter: string, namespace = 'urn:akdb:ok.komm:xmeld-service'): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><t:callApplicationByte xmlns:t="${namespace}"><t:xmlParameter>${parameter}</t:xmlParameter></t:callApplicationByte></e:Body></e:Envelope>`;

describe('readCall', () => {
  it('takes the message out of its envelope', () => {
    expect(readCall(call(Buffer.from('<a>ș</a>').toString('base64')))).toBe('<a>ș</a>');
  });

  it.each([
    ['no base64', call('%%%')],
    ['another service', call('YQ==', 'urn:other')],
    ['no XML', 'hello'],
    ['bytes that are not UTF-8', call('wyg=')],
  ])('refuses %s', (_, text) => {
    expect(() => readCall(text)).toThrow();
  });
});

describe('writeResult and writeFault', () => {
  it('write what a SOAP 1.1 client reads', () => {
    const result = 'soapenv:Body/tns:callApplicationByteResponse/callApplicationByteReturn';
    expect(textAt(parse(writeResult('YQ==')), result)).toBe('YQ==');
    expect(textAt(parse(writeFault('Client', '<x>')), 'soapenv:Body/soapenv:Fault/faultstring')).toBe('<x>');
  });
});
