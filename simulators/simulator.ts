/** What `KIND/index.ts` exports: one simulated system, started from its environment. */
export interface Simulator {
  start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator>;
}

export interface RunningSimulator {
  /** `url`, and where it applies `controlUrl`, `databaseUrl`, `exportFolder`. */
  readonly ready: object;
  close(): Promise<void>;
}
