import { z } from 'zod';
import { createSoapClient } from '../../lib/connect/soap.js';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { createResidentsConnector, type ResidentsConnector } from './connector.js';
import { CREDENTIALS_FORM, readCredentials } from './credentials.js';
import { createLoaders, type Loaders } from './loaders.js';
import { AUTHOR_FORM, readAuthor } from './message.js';
import { createPseudonyms } from './pseudonyms.js';
import { createRegisterEvents, type RegisterEvents } from './register-events.js';
import { resolvers } from './resolvers.js';
import { SOAP_SERVICE } from './soap-service.js';

const key = () => z.string().min(32, 'must have at least 32 characters');

const SETTINGS = {
  /** The register's SOAP service. */
  LEGACY_URL: z.url({ protocol: /^https?$/ }),
  /** Technical user of each municipality's register: AGS:name:password, separated by commas. */
  LEGACY_CREDENTIALS: z
    .string()
    .regex(CREDENTIALS_FORM, 'must be AGS:name:password, separated by commas')
    .transform(readCredentials),
  LEGACY_DEADLINE_MS: wholeNumber(1, 60_000).default(1400),
  /** Who sends the messages: key in the directory, name, e-mail, street, house number, postal code, place. */
  LEGACY_AUTHOR: z
    .string()
    .regex(AUTHOR_FORM, 'must be key|name|e-mail|street|house number|postal code|place')
    .default('dbs:100410000001|Fachverbund|portal@fachverbund.example|Rathausplatz|1|66111|Saarbrücken')
    .transform(readAuthor),
  /** Makes `Resident.id` of the register's key. */
  RESIDENT_ID_KEY: key(),
  /** Known to this subgraph and the vehicles subgraphs alone. */
  VEHICLES_LINK_KEY: key(),
  /** Known to this subgraph and the housing-benefit subgraphs alone. */
  HOUSING_BENEFIT_LINK_KEY: key(),
  /** Proves to the access log whose record it is asked about. */
  OWN_RECORD_KEY: key(),
  /** Technical users as which registers send what they have to say by themselves; without them nobody may. */
  PUSH_CREDENTIALS: z
    .string()
    .regex(CREDENTIALS_FORM, 'must be AGS:name:password, separated by commas')
    .default('')
    .transform(readCredentials),
};

type Connector = ResidentsConnector & { readonly events: RegisterEvents };

export const subgraph = defineSubgraph<typeof SETTINGS, Connector, Loaders>({
  name: 'residents',
  schema: new URL('schema.graphql', import.meta.url),
  settings: SETTINGS,
  async connect({ settings, cooperation, serves, invalidations, log }) {
    const pseudonyms = createPseudonyms(settings);
    const connector = createResidentsConnector({
      soap: createSoapClient({
        url: settings.LEGACY_URL,
        ...SOAP_SERVICE,
        deadlineMs: settings.LEGACY_DEADLINE_MS,
      }),
      users: settings.LEGACY_CREDENTIALS,
      author: settings.LEGACY_AUTHOR,
      pseudonyms,
      isMember: (ags) => cooperation.current().municipalities.some((municipality) => municipality.ags === ags),
    });
    const users = settings.PUSH_CREDENTIALS;
    return { ...connector, events: createRegisterEvents({ users, serves, pseudonyms, invalidations, log }) };
  },
  loaders: createLoaders,
  resolvers,
  inlet: {
    path: 'xmeld',
    mostBytes: 64 * 1024,
    admit: ({ events }, authorization) => events.admit(authorization),
    receive: ({ events }, message) => events.receive(message),
  },
});
