import type { Socket } from 'node:net';
import type { Fault } from '../control.js';
import { asksForEncryption, createFrameReader, isListen, toErrorResponse } from './frames.js';

export interface SessionParts {
  readonly fault: () => Fault;
  /** Called for each call before it goes on to the server. */
  readonly beforeCall: () => Promise<void>;
  /** Called for each finished transaction, before its client sees the end of it. */
  readonly onCall: () => void;
}

/** One client's connection, and the one made for it to the server. */
export interface Session {
  /** Whether something of it was swallowed: its client would wait for ever. */
  isMuted(): boolean;
  cut(): void;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  readonly parts: SessionParts;
  /** `rest`: outside a transaction, nothing under way. */
  phase: 'opening' | 'login' | 'rest' | 'call' | 'encrypted';
  /** What the client sent of a call that is being held up. */
  held: Buffer[] | null;
  isMuted: boolean;
  isTruncated: boolean;
  /** It waits for announcements; what it asks meanwhile is no call of the system. */
  listens: boolean;
}

/** Joins two connections until one of them ends, and misbehaves as the fault says at the beginning of each call. */
export function joinSession(client: Socket, server: Socket, parts: SessionParts): Session {
  const isMuted = parts.fault().error === 'silent';
  const line: Line = {
    client,
    server,
    parts,
    phase: 'opening',
    held: null,
    isMuted,
    isTruncated: false,
    listens: false,
  };
  const read = createFrameReader((status) => onReady(line, status));
  const cut = () => {
    client.destroy();
    server.destroy();
  };
  client.on('data', (chunk) => onClientData(line, chunk, cut));
  server.on('data', (chunk) => onServerData(line, chunk, read));
  client.on('error', cut).on('close', () => server.destroy());
  server.on('error', cut).on('close', () => client.end());
  return { isMuted: () => line.isMuted, cut };
}

function onClientData(line: Line, chunk: Buffer, cut: () => void): void {
  if (line.isMuted) return;
  if (line.phase === 'opening' && !asksForEncryption(chunk)) line.phase = 'login';
  if (line.held) {
    line.held.push(chunk);
  } else if (line.phase === 'rest') {
    line.phase = 'call';
    line.listens ||= isListen(chunk);
    line.held = [chunk];
    beginCall(line).catch(cut);
  } else {
    line.server.write(chunk);
  }
}

async function beginCall(line: Line): Promise<void> {
  const { error, latencyMs } = line.parts.fault();
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs).unref());
  await line.parts.beforeCall();
  if (error === 'silent') line.isMuted = true;
  if (line.isMuted) return;
  const refusal = REFUSALS[error ?? ''];
  if (refusal) {
    line.client.end(refusal);
    line.server.destroy();
    return;
  }
  line.isTruncated = error === 'truncated';
  for (const chunk of line.held ?? []) line.server.write(chunk);
  line.held = null;
}

function onServerData(line: Line, chunk: Buffer, read: (chunk: Buffer) => void): void {
  if (line.isTruncated) {
    line.client.end(chunk.subarray(0, Math.floor(chunk.length / 2)));
    line.server.destroy();
    return;
  }
  // Before the login the server only answers whether it encrypts, with a letter; what is encrypted nobody can read.
  if (line.phase === 'opening' && chunk.toString('latin1') === 'S') line.phase = 'encrypted';
  else if (line.phase !== 'opening' && line.phase !== 'encrypted') read(chunk);
  line.client.write(chunk);
}

/** The first time it ends the login, afterwards a call. */
function onReady(line: Line, status: string): void {
  if (status !== 'I') return;
  if (line.phase !== 'login' && !line.listens) line.parts.onCall();
  line.phase = 'rest';
}

/** What a client of this system sees instead of the answers of the control API's faults, which speak of HTTP. */
const REFUSALS: Readonly<Record<string, Buffer>> = {
  http500: toErrorResponse('58000', 'could not read block 0 of relation base/16384/1259'),
  html: toErrorResponse('XX000', '<html><body><h1>502 Bad Gateway</h1></body></html>'),
};
