// The planner's thread from its source: a thread of its own does not inherit how the test runner reads TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('../../../gateway/plan/planner-worker.ts');
