import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AuditResult, serverAudits } from 'graphql-http';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { compose } from '../support/offices.js';

jest.setTimeout(60_000);

/** The conformance suite for GraphQL over HTTP, which the graphql-http project keeps. */
let gateway: GatewayProcess;
const files = createTestFiles();

beforeAll(async () => {
  const supergraph = compose({ one: 'type Query { one: Int }' });
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', supergraph),
    ACCESS_DEFAULT: 'public',
    INTROSPECTION: 'on',
  });
});

afterAll(async () => {
  await gateway?.stop();
  files.remove();
});

const auditsWith = (headers: Readonly<Record<string, string>>) =>
  serverAudits({
    url: () => gateway.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } }),
  });

const describeResult = (result: AuditResult): string =>
  result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`;

describe('with the header that a foreign page cannot send', () => {
  it.each(auditsWith({ 'apollo-require-preflight': 'true' }).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (_id, _name, audit) => expect(describeResult(await audit.fn())).toBe('ok'),
  );
});

describe('without it', () => {
  it('only what may be answered by GET is refused', async () => {
    const audits = auditsWith({});
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const refused = results.filter(({ status }) => status !== 'ok');
    expect(refused.map(({ id, status }) => `${id} ${status}`)).toEqual(['5A70 notice', 'D6D5 notice', '6A70 notice']);
    expect(results).toHaveLength(61);
  });
});
