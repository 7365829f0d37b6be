/** The SOAP service that messages travel through, in both directions. */
export const SOAP_SERVICE = {
  namespace: 'urn:akdb:ok.komm:xmeld-service',
  operation: 'callApplicationByte',
  parameter: 'xmlParameter',
  result: 'callApplicationByteReturn',
} as const;
