import { describe, expect, it } from '@jest/globals';
import { isLoopback, readGatewaySettings } from '../../../gateway/settings.js';

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
    ['a login without an issuer', { PLAYGROUND_CLIENT_ID: 'playground' }, 'PLAYGROUND_CLIENT_ID'],
    ['an engine that is not there', { ENGINE: 'steam' }, 'ENGINE'],
    ['public access from the network', { ACCESS_DEFAULT: 'public', HOST: '10.0.0.1' }, 'ACCESS_DEFAULT'],
    ['a switch against our protection', { APOLLO_DISABLE_SECURITY_X: 'false' }, 'APOLLO_DISABLE_SECURITY_X'],
  ])('refuses %s', (_, env, name) => {
    expect(() => readGatewaySettings(env)).toThrow(name);
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
