// Copied beside the packages of this peer, which the repository does not depend on.
import { readFileSync } from 'node:fs';
import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';

const services = JSON.parse(readFileSync(process.env.SERVICES_PATH, 'utf8'));
const app = fastify();
app.register(mercuriusGateway, { gateway: { services }, jit: 1 });
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
