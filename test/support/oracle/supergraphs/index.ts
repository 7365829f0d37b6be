import type { TestSupergraph } from '../compose.js';
import { chain } from './chain.js';
import { context } from './context.js';
import { labels } from './labels.js';
import { ledger } from './ledger.js';
import { media } from './media.js';
import { moving } from './moving.js';
import { municipal } from './municipal.js';
import { nested } from './nested.js';
import { orders } from './orders.js';
import { places } from './places.js';
import { rights } from './rights.js';
import { series } from './series.js';
import { shop } from './shop.js';

export const supergraphs: readonly TestSupergraph[] = [
  shop,
  media,
  series,
  ledger,
  moving,
  labels,
  orders,
  places,
  chain,
  nested,
  rights,
  context,
  municipal,
];
