import { describe, expect, it } from '@jest/globals';
import { createDrain } from '../../../../gateway/http/drain.js';
import { createHttpServer } from '../../../../gateway/http/server.js';

const statusOf = async (path: string, isReady?: () => boolean): Promise<number> => {
  const api = await createHttpServer({
    answer: async () => undefined,
    direct: null,
    pages: null,
    drain: createDrain(),
    corsOrigins: [],
    maxBodyBytes: 1000,
    onEvent: () => undefined,
    onFailure: () => undefined,
    ...(isReady && { isReady }),
  });
  const { statusCode } = await api.inject(path);
  await api.close();
  return statusCode;
};

describe('/readyz', () => {
  it.each([
    ['says so while new operations can be planned', '/readyz', () => true, 200],
    ['fails while none can be', '/readyz', () => false, 503],
    ['is nothing that /livez asks for', '/livez', () => false, 200],
    ['asks nobody where nobody plans', '/readyz', undefined, 200],
  ])('%s', async (_, path, isReady, status) => {
    expect(await statusOf(path, isReady)).toBe(status);
  });
});
