import { describe, expect, it } from '@jest/globals';
import { createObserver } from '../../../../gateway/observe/observer.js';
import type { Log } from '../../../../lib/log.js';

function createLog() {
  const lines: [keyof Log, object][] = [];
  const at = (level: keyof Log) => (event: object) => void lines.push([level, event]);
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } satisfies Log };
}

const request = { requestId: 'r', method: 'POST', route: '/graphql', status: 200, durationMs: 1.23456 };
const facts = {
  operation: 'abc',
  kind: 'query' as const,
  role: 'citizen',
  codes: ['SUBGRAPH_TIMEOUT'],
  cost: null,
  isDirect: false,
};
const answered = {
  kind: 'answered',
  subgraph: 's',
  provider: 'p',
  outcome: 'ok',
  durationMs: 2,
  requestId: 'r',
} as const;

describe('an observer', () => {
  it('writes one line a request, with what is known of it', () => {
    const { log, lines } = createLog();
    createObserver(log, () => 0).onEvent({ ...request, facts });
    expect(lines).toEqual([['info', { ...request, ...facts, durationMs: 1.23 }]]);
  });

  it.each([
    ['an API request', { ...request }, 'info'],
    ['a failure', { ...request, status: 503 }, 'error'],
    ['a look at health', { ...request, route: '/livez' }, 'debug'],
    ['a path that is not there', { ...request, route: '-', status: 404 }, 'info'],
  ])('takes %s as seriously as it is', (_, event, level) => {
    const { log, lines } = createLog();
    createObserver(log, () => 0).onEvent({ ...event, facts });
    expect(lines.map(([at]) => at)).toEqual([level]);
  });

  it('is silent about subgraphs that answer, and not about others', () => {
    const { log, lines } = createLog();
    const observer = createObserver(log, () => 0);
    observer.onFetch(answered);
    observer.onFetch({ ...answered, outcome: 'SUBGRAPH_TIMEOUT' });
    observer.onFetch({ kind: 'breaker', subgraph: 's', provider: 'p', state: 'open' });
    observer.onFetch({ kind: 'retried', subgraph: 's', provider: 'p' });
    observer.onFetch({ kind: 'unroutable', subgraph: 's', requestId: 'r' });
    expect(lines.map(([level]) => level)).toEqual(['warn', 'warn', 'debug', 'error']);
  });

  it('counts the same events', async () => {
    const observer = createObserver(createLog().log, () => 3);
    observer.onEvent({ ...request, facts });
    observer.onFetch(answered);
    observer.onFetch({ kind: 'breaker', subgraph: 's', provider: 'p', state: 'open' });
    observer.onFetch({ kind: 'retried', subgraph: 's', provider: 'p' });
    observer.onFetch({ kind: 'unroutable', subgraph: 's', requestId: 'r' });
    const { type, text } = await observer.readMetrics();
    expect(type).toMatch(/^text\/plain/);
    for (const line of [
      'fachverbund_request_duration_seconds_count{route="/graphql",status="200"} 1',
      'fachverbund_request_errors_total{code="SUBGRAPH_TIMEOUT"} 1',
      'fachverbund_requests_in_flight 3',
      'fachverbund_subgraph_request_duration_seconds_count{subgraph="s",provider="p",outcome="ok"} 1',
      'fachverbund_subgraph_breaker_open{subgraph="s",provider="p"} 1',
      'fachverbund_subgraph_retries_total{subgraph="s",provider="p"} 1',
      'fachverbund_subgraph_unroutable_total{subgraph="s"} 1',
    ])
      expect(text).toContain(line);
  });
});
