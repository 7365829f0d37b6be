import type { Part } from '../../scripts/run-file.js';

/** The control API of a simulator as tests use it. */
export interface Control {
  /** Calls of the legacy system since the last reset. */
  calls(): Promise<{ readonly calls: number; readonly byKind: Readonly<Record<string, number>> }>;
  resetCalls(): Promise<void>;
  /** Replaces the fault; `{}` mends it. */
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Vehicles: writes a new export. */
  export(): Promise<Record<string, unknown>>;
  /** Sets or lifts an information block (§ 51 BMG). */
  block(order: {
    readonly ags: string;
    readonly persona?: string;
    readonly registerKey?: string;
    readonly blocked: boolean;
  }): Promise<void>;
}

export function createControl({ name, controlUrl }: Part): Control {
  const send = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${controlUrl}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name}: ${method} ${path} was answered ${response.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  return {
    calls: async () => (await send('GET', '/calls')) as Awaited<ReturnType<Control['calls']>>,
    resetCalls: async () => void (await send('DELETE', '/calls')),
    fault: async (fault) => void (await send('PUT', '/fault', fault)),
    export: () => send('POST', '/export'),
    block: async (order) => void (await send('POST', '/block', order)),
  };
}
