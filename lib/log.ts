import { pino } from 'pino';

/** One JSON line an event on standard output. Never personal data, tokens, query text or arguments. */
export interface Log {
  debug(event: object, text: string): void;
  info(event: object, text: string): void;
  warn(event: object, text: string): void;
  error(event: object, text: string): void;
  /** Whether a line of that level is written at all, so that nobody puts together what is not; absent: it is. */
  isLevelEnabled?(level: 'debug' | 'info' | 'warn' | 'error'): boolean;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export const createLog = (part: string, level: string): Log =>
  pino({
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
