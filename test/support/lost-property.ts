import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from '../../simulators/control.js';

/** A record as the fictitious register sends it. */
export interface Fundsache {
  readonly gemeinde: string;
  readonly nr: string;
  readonly art: string;
  readonly funddatum: string;
  readonly lager: string | null;
}

export interface LostPropertyRegister {
  readonly url: string;
  /** Bodies of the calls so far, by path. */
  readonly calls: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** From now on every call is answered by `answer` instead; `null`: as it should be. */
  misbehave(answer: ((response: ServerResponse) => void) | null): void;
  close(): Promise<void>;
}

/** A stand-in of the register on a real port. */
export async function startLostProperty(records: readonly Fundsache[]): Promise<LostPropertyRegister> {
  const calls: LostPropertyRegister['calls'] = [];
  let fault: ((response: ServerResponse) => void) | null = null;
  const server = createServer(async (request, response) => {
    const body = await readJson(request);
    calls.push({ path: request.url ?? '', body });
    if (fault) return fault(response);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ fundsachen: select(records, request.url ?? '', body) }));
  });
  const url = await listen(server, 0);
  const misbehave: LostPropertyRegister['misbehave'] = (answer) => {
    fault = answer;
  };
  return { url, calls, misbehave, close: () => close(server) };
}

function select(records: readonly Fundsache[], path: string, body: Record<string, unknown>): Fundsache[] {
  if (path === '/fundsachen/abruf') {
    const keys = body.schluessel as { gemeinde: string; nr: string }[];
    return records.filter(({ gemeinde, nr }) => keys.some((key) => key.gemeinde === gemeinde && key.nr === nr));
  }
  const { gemeinde, nach, anzahl } = body as { gemeinde: string; nach: string; anzahl: number };
  return records
    .filter((record) => record.gemeinde === gemeinde && record.nr > nach)
    .sort((a, b) => (a.nr < b.nr ? -1 : 1))
    .slice(0, anzahl);
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}
