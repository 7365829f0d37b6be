import { createHash } from 'node:crypto';
import type { OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { HostContext } from '../context.js';
import type { Disclosed } from '../disclosed.js';
import type { Operation } from '../operation.js';
import { ownName } from '../own-name.js';
import type { Cache, Hit, Hits, Question } from './cache.js';
import type { OnCacheEvent } from './events.js';
import { bytesOfResponse, createKeptResponse, type KeptResponse } from './response-codec.js';
import { PUBLIC_SCOPE, type ScopeOf } from './scope.js';
import { callerTags } from './tags.js';

/** A request that was admitted, judged and authorized: what is kept passes by nothing of that. */
export interface VisitingRequest {
  readonly operation: Operation;
  readonly text: string;
  readonly operationName: string | undefined;
  readonly context: HostContext;
}

/** Looks for finished answers before anything is planned or run. */
export interface ResponseCache {
  /** @returns `null`: nothing is ever kept of such a request. */
  visit(request: VisitingRequest): Visit | null;
}

/** What one request has to do with the cache. */
export interface Visit {
  /** @returns What may be sent in place of an answer; at once where nobody but this process has to be asked. */
  read(): Kept | null | Promise<Kept | null>;
  /**
   * Keeps an answer without errors, if all that it is made of may be kept.
   *
   * @param body As it is sent. @returns `null`: it may not be kept.
   */
  keep(body: string | Buffer, disclosed: Disclosed): Kept | null;
  /** Whether it was looked for where answers like it were kept before, so that the answer says what came of it. */
  readonly wasRead: boolean;
}

/** An answer that may be kept. */
export interface Kept {
  readonly response: KeptResponse;
  /** Whether it is: not where it is too large. */
  readonly isStored: boolean;
  /** Whether everybody may know it, so that clients and what is before them may keep it too. */
  readonly isOpen: boolean;
  /** Since the oldest part was asked for, and from then until it is over. */
  readonly ageMs: number;
  readonly freshMs: number;
}

export interface ResponseCacheParts {
  readonly cache: Cache<KeptResponse>;
  readonly scopeOf: ScopeOf;
  /** Of the supergraph that the operation was judged by. */
  readonly schemaHashOf: (operation: Operation) => string;
  /** Whether everybody may ask the operation. */
  readonly isOpen: (operation: Operation) => boolean;
  /** What else it is planned by. */
  readonly overridesOf: (context: HostContext) => readonly string[];
  readonly onEvent: OnCacheEvent;
}

/** An operation as this cache knows it. */
interface Known {
  /** Equal only for the same text and name under the same schema. */
  readonly name: string;
  readonly variables: readonly string[];
  /** Scopes under which there may be something; `null`: no answer has shown it yet. */
  isPublic: boolean | null;
  isPrivate: boolean;
  /** Where what is private may be. */
  privateReach: Question['reach'];
}

const MOST_BYTES = 8 * 2 ** 20;
const BYTES_PER_OPERATION = 512;
const BYTES_PER_VARIABLE = 64;

export function createResponseCache(parts: ResponseCacheParts): ResponseCache {
  // Found without reading the text again; the same for both paths, which parse it each for itself.
  const quick = new WeakMap<OperationDefinitionNode, Known>();
  const byName = new LRUCache<string, Known>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ variables }) =>
      variables.reduce((sum, { length }) => sum + length + BYTES_PER_VARIABLE, BYTES_PER_OPERATION),
  });
  const find = ({ operation, text, operationName }: VisitingRequest): Known => {
    const found = quick.get(operation.definition);
    if (found) return found;
    const identity = JSON.stringify([parts.schemaHashOf(operation), operationName ?? null, text]);
    const name = createHash('sha256').update(identity).digest('base64url');
    const known =
      byName.get(name) ??
      ({
        name,
        variables: variablesOf(operation),
        isPublic: null,
        isPrivate: false,
        privateReach: 'process',
      } satisfies Known);
    byName.set(name, known);
    quick.set(operation.definition, known);
    return known;
  };
  return {
    visit(request) {
      const { operation, context } = request;
      // Whoever asks how an answer comes about wants to see it come about.
      if (operation.definition.operation !== 'query' || context.explaining) return null;
      return new ResponseVisit(parts, request, find(request));
    },
  };
}

const variablesOf = ({ definition }: Operation): string[] =>
  (definition.variableDefinitions ?? []).map(({ variable }) => ownName(variable.name.value));

class ResponseVisit implements Visit {
  readonly #parts: ResponseCacheParts;
  readonly #request: VisitingRequest;
  readonly #known: Known;
  readonly #key: string;
  wasRead = false;

  constructor(parts: ResponseCacheParts, request: VisitingRequest, known: Known) {
    this.#parts = parts;
    this.#request = request;
    this.#known = known;
    const { operation, context } = request;
    const overrides = parts.overridesOf(context);
    const variant = `${context.decision?.variant ?? ''} ${overrides.length > 0 ? JSON.stringify(overrides) : ''}`;
    this.#key = `${known.name} ${variant} ${writeVariables(known.variables, operation.variables)}`;
  }

  read(): Kept | null | Promise<Kept | null> {
    const { isPublic, isPrivate, privateReach } = this.#known;
    const questions: Question[] = isPublic === false ? [] : [this.#questionFor('everywhere', true)];
    if (isPrivate) questions.push(this.#questionFor(privateReach, false));
    if (questions.length === 0) return null;
    this.wasRead = isPublic === true || isPrivate;
    const hits = this.#parts.cache.read(questions);
    return hits instanceof Promise ? hits.then((found) => this.#choose(found)) : this.#choose(hits);
  }

  keep(body: string | Buffer, disclosed: Disclosed): Kept | null {
    const whole = this.#request.context.sources?.whole() ?? null;
    const known = this.#known;
    if (!whole) {
      known.isPublic ??= false;
      return null;
    }
    const { lifetime, storedAt, asOf, reach } = whole;
    const { isPublic } = lifetime;
    known.isPublic = isPublic || (known.isPublic ?? false);
    if (!isPublic) {
      known.isPrivate = true;
      known.privateReach = reach;
    }
    const { caller } = this.#request.context;
    const tags = isPublic || !caller ? whole.tags : [...new Set([...whole.tags, ...callerTags(caller)])];
    const value = createKeptResponse(typeof body === 'string' ? toBytes(body) : body, disclosed);
    const bytes = bytesOfResponse(value);
    const question = this.#questionFor(reach, isPublic);
    const keeping = { ...question, value, lifetime, tags, asOf: { ...asOf, at: storedAt }, bytes };
    const [isStored = false] = this.#parts.cache.keep([keeping]);
    if (isStored) this.#parts.onEvent({ kind: 'kept', cache: 'responses', subgraph: null, count: 1, bytes });
    const ageMs = Math.max(0, asOf.at - storedAt);
    return { response: value, isStored, isOpen: this.#isOpen(isPublic), ageMs, freshMs: lifetime.freshMs };
  }

  #choose(hits: Hits<KeptResponse>): Kept | null {
    const hit = hits.find((found): found is Hit<KeptResponse> => found?.freshness === 'fresh') ?? null;
    const outcome = hit ? 'hit' : 'miss';
    this.#parts.onEvent({ kind: 'read', cache: 'responses', subgraph: null, outcome, count: 1 });
    if (!hit) return null;
    const { value, isPublic, ageMs, restMs } = hit;
    return { response: value, isStored: true, isOpen: this.#isOpen(isPublic), ageMs, freshMs: ageMs + restMs };
  }

  #isOpen(isPublic: boolean): boolean {
    return isPublic && this.#parts.isOpen(this.#request.operation);
  }

  #questionFor(reach: Question['reach'], isPublic: boolean): Question {
    const scope = isPublic ? PUBLIC_SCOPE : this.#parts.scopeOf(this.#request.context.caller);
    return { key: `${scope} ${this.#key}`, reach };
  }
}

/** In memory of its own: a short text would hold on to a page that it shares with others. */
function toBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** Those that the operation has, in its order; others change nothing. */
function writeVariables(names: readonly string[], variables: Operation['variables']): string {
  if (names.length === 0) return '';
  return JSON.stringify(names.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : [])));
}
