import { z } from 'zod';
import { createSoapClient } from '../../lib/connect/soap.js';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { createResidentsConnector } from './connector.js';
import { createLoaders } from './loaders.js';
import { AUTHOR_FORM, readAuthor } from './message.js';
import { createPseudonyms } from './pseudonyms.js';
import { resolvers } from './resolvers.js';

const key = () => z.string().min(32, 'must have at least 32 characters');

export const subgraph = defineSubgraph({
  name: 'residents',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {
    /** The register's SOAP service. */
    LEGACY_URL: z.url({ protocol: /^https?$/ }),
    /** Technical user of the register. */
    LEGACY_USER: z.string().default('fachverbund'),
    LEGACY_PASSWORD: z.string().default(''),
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
  },
  connect: async ({ settings, cooperation }) =>
    createResidentsConnector({
      soap: createSoapClient({
        url: settings.LEGACY_URL,
        namespace: 'urn:akdb:ok.komm:xmeld-service',
        operation: 'callApplicationByte',
        parameter: 'xmlParameter',
        result: 'callApplicationByteReturn',
        user: { name: settings.LEGACY_USER, password: settings.LEGACY_PASSWORD },
        deadlineMs: settings.LEGACY_DEADLINE_MS,
      }),
      author: settings.LEGACY_AUTHOR,
      pseudonyms: createPseudonyms(settings),
      isMember: (ags) => cooperation.current().municipalities.some((municipality) => municipality.ags === ags),
    }),
  loaders: createLoaders,
  resolvers,
});
