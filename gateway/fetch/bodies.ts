import { remember } from './remember.js';
import type { SubgraphRequest } from './subgraph-request.js';

/** Writes the JSON body of a subgraph request; what does not change with its variables is written once. */
export type WriteBody = (request: Pick<SubgraphRequest, 'operation' | 'operationName' | 'variables'>) => string;

/** @param maxOperations Operations remembered. */
export function createWriteBody(maxOperations = 2000): WriteBody {
  const headOf = remember(maxOperations, (operation) => `{"query":${JSON.stringify(operation)},"variables":`);
  return ({ operation, operationName, variables }) => {
    const text = `${headOf(operation)}${JSON.stringify(variables)}`;
    return operationName === undefined ? `${text}}` : `${text},"operationName":${JSON.stringify(operationName)}}`;
  };
}
