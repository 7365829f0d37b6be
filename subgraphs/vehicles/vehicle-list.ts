import { type Connection, listScope, readCursor, toConnection } from '../../lib/connection.js';
import { AppError } from '../../lib/errors.js';
import type { Loaders } from './loaders.js';
import { readPlate } from './plate.js';
import type { Vehicle } from './record.js';
import type { QueryVehiclesArgs } from './schema.generated.js';

const LONGEST_PAGE = 100;

/**
 * A page of the vehicles of a municipality, by plate.
 *
 * @throws AppError `BAD_USER_INPUT` for a page size out of range and for a cursor of another list.
 */
export async function listVehicles(
  { ags, search, first = 20, after }: Pick<QueryVehiclesArgs, 'ags' | 'search' | 'first' | 'after'>,
  loaders: Loaders,
): Promise<Connection<Vehicle>> {
  const size = first ?? 20;
  if (size < 1 || size > LONGEST_PAGE)
    throw new AppError('BAD_USER_INPUT', `A page has 1 to ${LONGEST_PAGE} records.`, { detail: { argument: 'first' } });
  const scope = listScope('Query.vehicles', { ags, search });
  const position = readCursor(scope, after);
  const start = position === null ? null : readPlate(position);
  if (position !== null && start === null)
    throw new AppError('BAD_USER_INPUT', 'The cursor does not belong to this list.', { detail: { argument: 'after' } });
  const vehicles = await loaders.list({ ags, search: search ?? null, after: start, limit: size + 1 });
  return toConnection(vehicles, { first: size, scope }, ({ plate }) => plate);
}
