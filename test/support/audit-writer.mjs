// A process of its own that writes to an audit log as fast as it can and says what was acknowledged: for tests that kill it.
const built = new URL('../../dist/gateway/audit/open-audit.js', import.meta.url);
const { createAuditStore } = await import(built.href);

const [dir, headPath, prefix] = process.argv.slice(2);
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const settings = { HOST: '127.0.0.1', AUDIT: 'on', AUDIT_DIR: dir, AUDIT_HEAD_PATH: headPath };
const store = await createAuditStore(settings, log);

const entry = (requestId) => ({
  requestId,
  at: new Date().toISOString(),
  register: 'residents',
  controller: '10045117',
  caller: { subject: 'clerk', role: 'caseworker', office: 'residents', municipalities: ['10045117'], actingFor: null },
  purpose: 'registration',
  fileReference: 'AZ 1',
  occasion: null,
  operation: { kind: 'query', hash: '0123456789ab', name: null },
  outcome: 'sent',
  records: [{ type: 'Resident', key: { id: requestId }, fields: ['Resident.id'] }],
  deniedFields: [],
  search: null,
  isWithheld: false,
});

let count = 0;
async function write() {
  for (;;) {
    count += 1;
    const requestId = `${prefix}-${count}`;
    await store.append([entry(requestId), entry(`${requestId}-second`)]);
    process.stdout.write(`${requestId}\n`);
  }
}
await Promise.all([write(), write(), write(), write()]);
