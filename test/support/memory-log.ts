import type { AuditEntry, AuditSink } from '../../lib/audit/entry.js';

/** An audit log of a test: keeps entries, and can be made to take nothing. */
export interface MemoryLog extends AuditSink {
  readonly entries: AuditEntry[];
  /** `off`: it says so when asked; `full`: only writing shows it; `on`: it works. */
  state: 'on' | 'off' | 'full';
}

export function createMemoryLog(): MemoryLog {
  const entries: AuditEntry[] = [];
  return {
    entries,
    state: 'on',
    async append(more) {
      if (this.state !== 'on') throw new Error('ENOSPC: no space left at /var/lib/secret-place');
      entries.push(...more);
    },
    isWritable() {
      return this.state !== 'off';
    },
    close: async () => undefined,
  };
}
