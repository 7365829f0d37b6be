import { execFileSync } from 'node:child_process';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Debian's Chromium, told to speak to nobody on its own; names beside the loopback address do not resolve. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

export interface Recording {
  /** Origins of all requests so far, each once. */
  origins(): string[];
  /** Errors on the console and uncaught ones: a breach of the content security policy is among them. */
  readonly problems: string[];
}

/** Writes down what pages of the context ask for and complain of. */
export function record(context: BrowserContext): Recording {
  const urls = new Set<string>();
  const problems: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol)) urls.add(url.origin);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  return { origins: () => [...urls].sort(), problems };
}
