import { createLog } from '../lib/log.js';
import { createGateway } from './gateway.js';
import { readGatewaySettings } from './settings.js';

// As `node --disable-proto=delete`: no text from outside can reach a prototype by a name.
Reflect.deleteProperty(Object.prototype, '__proto__');

/** `node dist/gateway/main.js`: the gateway, until SIGTERM or SIGINT. Prints where it answers when it is ready. */
try {
  const settings = readGatewaySettings(process.env);
  const log = createLog('gateway', settings.LOG_LEVEL);
  const gateway = await createGateway(settings, log);
  const stop = () =>
    void gateway.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  // Both stay: a second signal must not end what the first one lets finish.
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const adminUrl = await gateway.admin.listen({ port: settings.ADMIN_PORT, host: '127.0.0.1' });
  const address = await gateway.api.listen({ port: settings.PORT, host: settings.HOST });
  process.stdout.write(`${JSON.stringify({ ready: { url: `${address}/graphql`, adminUrl } })}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
