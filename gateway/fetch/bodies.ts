import { remember } from '../remember.js';
import type { SubgraphRequest } from './subgraph-request.js';

/** Writes the JSON body of a subgraph request; what does not change with its variables is written once. */
export type WriteBody = (request: Pick<SubgraphRequest, 'operation' | 'operationName' | 'variables'>) => string;

export function createWriteBody(): WriteBody {
  const headOf = remember((operation) => `{"query":${JSON.stringify(operation)},"variables":`);
  return ({ operation, operationName, variables }) => {
    const text = `${headOf(operation)}${JSON.stringify(variables)}`;
    return operationName === undefined ? `${text}}` : `${text},"operationName":${JSON.stringify(operationName)}}`;
  };
}
