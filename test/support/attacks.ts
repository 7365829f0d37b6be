/** A request that nobody sends in good faith, and what it gets; written for the schema of `offices.ts`. */
export interface Attack {
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  /** Behind `/graphql`. */
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly status: number;
  readonly code: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': '1' };

/** Posted as JSON in good form. */
const post = (name: string, code: string, request: object, status = 400): Attack => ({
  name,
  headers: JSON_TYPE,
  body: JSON.stringify(request),
  status,
  code,
});
const query = (name: string, code: string, text: string): Attack => post(name, code, { query: text });

const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');
const nest = (count: number, open: string, close: string): string => `${open.repeat(count)}${close.repeat(count)}`;

/** A short text that is many fields once its fragments are written out. */
const doubling = (count: number): string =>
  `{ me { ...f0 } } ${repeat(
    count,
    (n) => `fragment f${n} on Person { dogs { keeper { ...f${n + 1} } } x: dogs { keeper { ...f${n + 1} } } }`,
  )} fragment f${count} on Person { id }`;

const DEEP_JSON = nest(100_000, '[', ']');
const search = (name: string): string => `?query=${encodeURIComponent(name)}`;

const DOCUMENTS: readonly Attack[] = [
  query('fragments that double', 'LIMIT_SELECTIONS', doubling(14)),
  query(
    'fragments on an interface that double',
    'LIMIT_SELECTIONS',
    `{ ...a0 } ${repeat(14, (n) => `fragment a${n} on Query { ...a${n + 1} ...a${n + 1} }`)} fragment a14 on Query { motto }`,
  ),
  query('2,000 aliases', 'LIMIT_ALIASES', `{ ${repeat(2000, (n) => `a${n}: me { id }`)} }`),
  query('31 aliases', 'LIMIT_ALIASES', `{ me { ${repeat(31, (n) => `a${n}: id`)} } }`),
  query(
    '31 aliases in fragments',
    'LIMIT_ALIASES',
    `{ me { ...a b: id } } fragment a on Person { ${repeat(30, (n) => `a${n}: id`)} }`,
  ),
  query('the same field 40 times', 'LIMIT_ALIASES', `{ me { ${'id '.repeat(40)} } }`),
  query('5,000 directives on one field', 'LIMIT_DIRECTIVES', `{ motto ${'@include(if: true) '.repeat(5000)} }`),
  query('51 directives', 'LIMIT_DIRECTIVES', `{ motto ${'@x '.repeat(51)} }`),
  query('11 fields at the top', 'LIMIT_ROOT_FIELDS', `{ ${repeat(11, (n) => `a${n}: motto`)} }`),
  query(
    '13 levels',
    'LIMIT_DEPTH',
    `{ me { ${nest(5, 'dogs { keeper { ', '} } ').replace(' }', 'dogs { tag } }')} } }`,
  ),
  query('fields nested 100,000 times', 'LIMIT_DEPTH', '{a'.repeat(80_000)),
  query('lists nested 100,000 times', 'LIMIT_DEPTH', `{ motto(a: ${nest(60_000, '[', ']')}) }`),
  query('inline fragments in each other', 'LIMIT_TOKENS', `{ ${repeat(30, () => nest(30, '... on Query { ', '} '))} }`),
  query(
    'a circle of fragments',
    'GRAPHQL_VALIDATION_FAILED',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
  ),
  query('50,000 spreads', 'LIMIT_TOKENS', `{ ${'...a '.repeat(50_000)} } fragment a on Query { motto }`),
  query('a name without end', 'LIMIT_TOKENS', `{ ${'a'.repeat(200_000)} }`),
  query('a comment without end', 'GRAPHQL_PARSE_FAILED', `# ${'a'.repeat(200_000)}`),
  query('a text without end', 'GRAPHQL_PARSE_FAILED', `{ motto(a: "${'a'.repeat(200_000)}`),
  query(
    'fields that overlap',
    'LIMIT_ALIASES',
    `{ me { ${repeat(60, (n) => `... on Person { x: dogs { keeper { y${n}: id } } }`)} } }`,
  ),
  query(
    'fragments that nobody uses',
    'GRAPHQL_VALIDATION_FAILED',
    `{ motto } ${repeat(150, (n) => `fragment f${n} on Person { id }`)}`,
  ),
  query(
    '200 fields that there are not',
    'GRAPHQL_VALIDATION_FAILED',
    `{ me { ${repeat(200, (n) => `nothing${n}`)} } }`,
  ),
  query('@defer', 'GRAPHQL_VALIDATION_FAILED', '{ ... @defer { motto } }'),
  query('a subscription', 'GRAPHQL_VALIDATION_FAILED', 'subscription { motto }'),
  query('the schema', 'GRAPHQL_VALIDATION_FAILED', '{ __schema { types { name } } }'),
  query('one type', 'GRAPHQL_VALIDATION_FAILED', '{ __type(name: "Person") { fields { name } } }'),
  query('the text of a subgraph’s schema', 'GRAPHQL_VALIDATION_FAILED', '{ _service { sdl } }'),
  query('records by their keys', 'GRAPHQL_VALIDATION_FAILED', '{ _entities(representations: []) { __typename } }'),
  query('a field that is almost one', 'GRAPHQL_VALIDATION_FAILED', '{ mee { id } }'),
];

const COUNT_DOGS = 'query ($a: [String!], $d: Int! = 1) { tax(input: { ags: "10041100", dogs: $d, names: $a }) }';
const VARIABLES: readonly Attack[] = [
  {
    ...query('variables nested 100,000 times', 'LIMIT_VARIABLES', ''),
    body: `{"query":"{motto}","variables":{"a":${DEEP_JSON}}}`,
  },
  {
    ...query('10,000 keys like numbers', 'LIMIT_VARIABLES', ''),
    body: `{"query":"{motto}","variables":{${repeat(10_000, (n) => `"${n * 65_537}":0,`)}"a":0}}`,
  },
  post('a list of 30,000', 'LIMIT_VARIABLES', { query: COUNT_DOGS, variables: { a: Array(30_000).fill('x') } }),
  post('100 faults in a list', 'BAD_USER_INPUT', { query: COUNT_DOGS, variables: { a: Array(100).fill(1) } }),
  post('a text of 60,000 letters', 'BAD_USER_INPUT', {
    query: 'query ($a: String) { people(ags: "10041100", after: $a) { id } }',
    variables: { a: 'a-'.repeat(30_000) },
  }),
  post('half a letter', 'BAD_USER_INPUT', { query: COUNT_DOGS, variables: { a: ['\ud800'] } }),
  post('a page beyond all bounds', 'BAD_USER_INPUT', {
    query: '{ people(ags: "10041100", first: 2147483647) { id } }',
  }),
];

const BODIES: readonly Attack[] = [
  {
    name: 'a body of 10 MB',
    headers: JSON_TYPE,
    body: Buffer.alloc(10_000_000, 0x20),
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  query(
    '364 KB of fragments in each other',
    'PAYLOAD_TOO_LARGE',
    `{ ${repeat(200, () => nest(100, '... on Query { ', '} '))} }`,
  ),
  post('1 MB of a variable', 'PAYLOAD_TOO_LARGE', { query: '{ motto }', variables: { a: 'a'.repeat(1_000_000) } }),
].map((attack) => ({ ...attack, status: 413 }));

const TRANSPORTS: readonly Attack[] = [
  post('a batch', 'BAD_REQUEST', [{ query: '{ motto }' }, { query: '{ motto }' }]),
  post('a query by its hash', 'BAD_REQUEST', {
    extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
  }),
  post('a query by its id', 'BAD_REQUEST', { documentId: 'sha256:00' }),
  {
    ...query('a compressed body', 'UNSUPPORTED_MEDIA_TYPE', '{ motto }'),
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    status: 415,
  },
  {
    ...query('UTF-7', 'UNSUPPORTED_MEDIA_TYPE', '{ motto }'),
    headers: { 'content-type': 'application/json; charset=utf-7' },
    status: 415,
  },
  {
    ...query('plain text', 'UNSUPPORTED_MEDIA_TYPE', '{ motto }'),
    headers: { 'content-type': 'text/plain' },
    status: 415,
  },
  {
    ...query('several parts', 'UNSUPPORTED_MEDIA_TYPE', '{ motto }'),
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    status: 415,
  },
  {
    ...query('a stream of events', 'NOT_ACCEPTABLE', '{ motto }'),
    headers: { ...JSON_TYPE, accept: 'text/event-stream' },
    status: 406,
  },
  {
    ...query('an answer in parts', 'NOT_ACCEPTABLE', '{ motto }'),
    headers: { ...JSON_TYPE, accept: 'multipart/mixed' },
    status: 406,
  },
  {
    name: 'bytes that are no UTF-8',
    headers: JSON_TYPE,
    body: Buffer.from('{"query":"{motto}\xff"}', 'latin1'),
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    name: 'a member named twice',
    headers: JSON_TYPE,
    body: '{"query":"{motto}","query":"{me{id}}"}',
    status: 400,
    code: 'BAD_REQUEST',
  },
  { name: 'JSON that breaks off', headers: JSON_TYPE, body: '{"query":', status: 400, code: 'BAD_REQUEST' },
  { name: 'a page of another origin', method: 'GET', search: search('{ motto }'), status: 400, code: 'BAD_REQUEST' },
  {
    name: 'a mutation by GET',
    method: 'GET',
    search: search('mutation { rename(ags: "10041100", id: "1", name: "n") { id } }'),
    headers: PREFLIGHT,
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  post('variables that are a list', 'BAD_REQUEST', { query: '{ motto }', variables: [] }),
  post('an operation that there is not', 'OPERATION_NOT_FOUND', { query: '{ motto }', operationName: 'constructor' }),
];

export const ATTACKS: readonly Attack[] = [...DOCUMENTS, ...VARIABLES, ...BODIES, ...TRANSPORTS];
