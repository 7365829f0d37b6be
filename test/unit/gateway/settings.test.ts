import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isLoopback } from '../../../gateway/refused-settings.js';
import { readGatewaySettings } from '../../../gateway/settings.js';

/** What a gateway beyond loopback needs for its audit log. */
const AUDITED = {
  AUDIT_HEAD_PATH: '/elsewhere/head.json',
  AUDIT_INDEX_KEY: 'an index key that is long enough',
  AUDIT_SIGNING_KEY: generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64'),
  AUDIT_OFFICER_KEYS: 'officers.yaml',
};

describe('readGatewaySettings', () => {
  it('has a default for all that must be there, on loopback and closed', () => {
    const settings = readGatewaySettings({});
    expect(settings).toMatchObject({
      PORT: 4000,
      HOST: '127.0.0.1',
      ADMIN_PORT: 4900,
      SUPERGRAPH_PATH: 'schema/supergraph.graphql',
      ACCESS_DEFAULT: 'deny',
      INTROSPECTION: 'off',
      CORS_ORIGINS: [],
    });
    expect(settings).not.toHaveProperty('COOPERATION_PATH');
  });

  it('reads lists of origins', () => {
    const { CORS_ORIGINS } = readGatewaySettings({ CORS_ORIGINS: ' https://a.example, http://b.example:8080 ,' });
    expect(CORS_ORIGINS).toEqual(['https://a.example', 'http://b.example:8080']);
  });

  it.each([
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['any origin', { CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
    ['an origin with a path', { CORS_ORIGINS: 'https://a.example/b' }, 'CORS_ORIGINS'],
    ['an issuer that is no address', { OIDC_ISSUER: 'ftp://a.example', OIDC_AUDIENCE: 'a' }, 'OIDC_ISSUER'],
    ['an issuer without an audience', { OIDC_ISSUER: 'https://a.example' }, 'OIDC_AUDIENCE'],
    ['a signing key that is none', { SUBGRAPH_SIGNING_KEY: 'planted' }, 'SUBGRAPH_SIGNING_KEY'],
    [
      'callers told to subgraphs unsigned from the network',
      { OIDC_ISSUER: 'https://a.example', OIDC_AUDIENCE: 'a', HOST: '10.0.0.1' },
      'SUBGRAPH_SIGNING_KEY',
    ],
    ['a login without an issuer', { PLAYGROUND_CLIENT_ID: 'playground' }, 'PLAYGROUND_CLIENT_ID'],
    ['an engine that is not there', { ENGINE: 'steam' }, 'ENGINE'],
    ['public access from the network', { ACCESS_DEFAULT: 'public', HOST: '10.0.0.1' }, 'ACCESS_DEFAULT'],
    ['no limits from the network', { LIMITS: 'off', HOST: '0.0.0.0' }, 'LIMITS'],
    ['no rate from the network', { RATE_LIMIT: 'off', HOST: '::' }, 'RATE_LIMIT'],
    ['no audit from the network', { AUDIT: 'off', HOST: '10.0.0.1' }, 'AUDIT'],
    [
      'a generated index key from the network',
      { ...AUDITED, AUDIT_INDEX_KEY: '', HOST: '10.0.0.1' },
      'AUDIT_INDEX_KEY',
    ],
    ['a generated signature from the network', { ...AUDITED, AUDIT_SIGNING_KEY: '', HOST: '::' }, 'AUDIT_SIGNING_KEY'],
    ['a generated officer from the network', { ...AUDITED, AUDIT_OFFICER_KEYS: '', HOST: '::' }, 'AUDIT_OFFICER_KEYS'],
    ['a head beside its log from the network', { ...AUDITED, AUDIT_HEAD_PATH: '', HOST: '::' }, 'AUDIT_HEAD_PATH'],
    ['an index key that can be guessed', { AUDIT_INDEX_KEY: 'short' }, 'AUDIT_INDEX_KEY'],
    ['a log in a database of another kind', { AUDIT_DATABASE_URL: 'http://a.example' }, 'AUDIT_DATABASE_URL'],
    [
      'the demo identity provider from the network',
      { OIDC_ISSUER: 'http://127.0.0.1:4800', OIDC_AUDIENCE: 'a', HOST: '10.0.0.1' },
      'OIDC_ISSUER',
    ],
    [
      'unsigned requests to subgraphs from the network',
      { OIDC_ISSUER: 'https://a.example', OIDC_AUDIENCE: 'a', HOST: '10.0.0.1' },
      'SUBGRAPH_SIGNING_KEY',
    ],
    ['trusted documents without any', { TRUSTED_DOCUMENTS: 'only' }, 'TRUSTED_DOCUMENTS_PATH'],
    ['a rate of nothing', { RATE_LIMIT: '0' }, 'RATE_LIMIT'],
    ['a store of another kind', { REDIS_URL: 'http://a.example' }, 'REDIS_URL'],
    ['TLS that believes everybody', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    ['a switch against our protection', { APOLLO_DISABLE_SECURITY_X: 'false' }, 'APOLLO_DISABLE_SECURITY_X'],
  ])('refuses %s', (_, env, name) => {
    expect(() => readGatewaySettings(env)).toThrow(name);
  });

  it('lets all that be where nobody but this machine can reach it', () => {
    const env = { ACCESS_DEFAULT: 'public', LIMITS: 'off', RATE_LIMIT: 'off', AUDIT: 'off' };
    expect(readGatewaySettings(env)).toMatchObject(env);
    expect(readGatewaySettings({ ...AUDITED, RATE_LIMIT: '5', HOST: '0.0.0.0' }).RATE_LIMIT).toBe(5);
  });

  it('names every problem at once, and no value', () => {
    const env = { PORT: 'planted', LOG_LEVEL: 'planted', APOLLO_DISABLE_SECURITY_X: 'planted' };
    expect(() => readGatewaySettings(env)).toThrow(/^(?!.*planted)[\s\S]*SECURITY_X[\s\S]*PORT[\s\S]*LOG_LEVEL/);
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.example.org', false],
  ['10.0.0.1', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
