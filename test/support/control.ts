import type { Part } from '../../scripts/run-file.js';
import type { FollowUp } from '../../simulators/residents/follow-ups.js';

/** The control API of a simulator as tests use it. */
export interface Control {
  /** Calls of the legacy system since the last reset. */
  calls(): Promise<{ readonly calls: number; readonly byKind: Readonly<Record<string, number>> }>;
  resetCalls(): Promise<void>;
  /** Replaces the fault; `{}` mends it. */
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Vehicles: writes a new export. */
  export(): Promise<Record<string, unknown>>;
  /** Residents: what somebody at the office must look into. */
  followUps(): Promise<readonly FollowUp[]>;
  /** Services: changes a service, or makes a new one for the office of that id. */
  publish(service: { readonly key: string; readonly [field: string]: unknown }): Promise<void>;
  /** Services: erases a service, or an office, with its competences. Residents: a person, as if they had never been there. */
  erase(
    object:
      | { readonly key: string }
      | { readonly office: string }
      | { readonly ags: string; readonly registerKey: string },
  ): Promise<void>;
  /** Encumbrances: an entry on the sheet of a parcel, and a new export. */
  enter(entry: Readonly<Record<'ags' | 'parcelKey' | 'content' | 'enteredOn', string>>): Promise<void>;
  /** Residents: somebody moves within the municipality. */
  move(order: {
    readonly ags: string;
    readonly persona?: string;
    readonly registerKey?: string;
    readonly street: string;
    readonly houseNumber: string;
    readonly postalCode: string;
  }): Promise<void>;
  /** Residents: what the register has said by itself. */
  pushes(): Promise<{ readonly acknowledged: number; readonly refused: number; readonly waiting: number }>;
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
    followUps: async () => (await send('GET', '/follow-ups')) as unknown as FollowUp[],
    publish: async (service) => void (await send('POST', '/publish', service)),
    erase: async (object) => void (await send('POST', '/delete', object)),
    enter: async (entry) => void (await send('POST', '/enter', entry)),
    move: async (order) => void (await send('POST', '/move', order)),
    pushes: async () => (await send('GET', '/pushes')) as Awaited<ReturnType<Control['pushes']>>,
    block: async (order) => void (await send('POST', '/block', order)),
  };
}
