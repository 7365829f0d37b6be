import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeCall } from '../../simulators/residents/envelope.js';
import { writeEvent } from '../../simulators/residents/event.js';
import { createRegister, type Entry } from '../../simulators/residents/register.js';
import { eventually } from '../support/eventually.js';
import { type GatewayEar, startGatewayEar } from '../support/gateway-ear.js';
import { type ResidentsOffice, startResidentsOffice } from '../support/residents-office.js';
import { homeOf, personOf } from '../unit/simulators/residents/persons.js';

jest.setTimeout(60_000);

const AGS = '10045117';
const USER = `register:a:password`;
const TOKEN = 'a-token-of-32-characters-at-least';

const person = personOf({ ags: AGS, registerKey: 'K-CANARY', residences: [homeOf({ ags: AGS })] });
const entry = createRegister([person], new Set([AGS])).byKey(AGS, 'K-CANARY') as Entry;
const MESSAGE = writeEvent('0093', entry, { uuid: 'the-message', createdAt: '2026-03-20T08:00:00.000Z' });

let ear: GatewayEar;
let office: ResidentsOffice;
beforeAll(async () => {
  ear = await startGatewayEar();
  office = await startResidentsOffice({
    provider: 'spk',
    serves: [AGS],
    size: 0,
    today: '2026-03-20',
    deadlineMs: 1000,
    legacyUrl: 'http://127.0.0.1:1/xmeld',
    settings: {
      PUSH_CREDENTIALS: `${AGS}:${USER},10041100:elsewhere:password,10045114:homburg:password`,
      INVALIDATION_URLS: ear.url,
      ADMIN_TOKEN: TOKEN,
    },
  });
});
afterAll(async () => {
  await office?.stop();
  await ear?.close();
});
afterEach(() => {
  ear.answer(200);
  ear.forget();
});

interface Sent {
  readonly user?: string;
  readonly type?: string;
  readonly method?: string;
}

async function send(
  body: string | Buffer,
  { user = USER, type = 'text/xml; charset=utf-8', method = 'POST' }: Sent = {},
) {
  const response = await fetch(office.inletUrl, {
    method,
    headers: {
      'content-type': type,
      ...(user && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
    },
    ...(method === 'POST' ? { body } : {}),
  });
  return { status: response.status, text: await response.text() };
}

describe('what a register sends by itself', () => {
  it('is acknowledged once it is forgotten, with the token of the operators’ port', async () => {
    const { status, text } = await send(writeCall(MESSAGE));
    const [, receipt = ''] = /callApplicationByteReturn>([^<]+)</.exec(text) ?? [];
    expect([status, Buffer.from(receipt, 'base64').toString()]).toEqual([200, expect.stringContaining('the-message')]);
    expect(ear.heard).toMatchObject([{ path: 'POST /invalidation', authorization: `Bearer ${TOKEN}` }]);
    expect(ear.tags()).toContain(`blocks:${AGS}`);
  });

  it('is not acknowledged while a gateway has not confirmed, and may be sent again', async () => {
    ear.answer(503);
    const { status, text } = await send(writeCall(MESSAGE));
    expect([status, text]).toEqual([500, expect.stringContaining('soapenv:Server')]);
    ear.answer(200);
    await eventually(() => expect(ear.tags()).toContain(`blocks:${AGS}`));
    expect((await send(writeCall(MESSAGE))).status).toBe(200);
  });

  it('is forgotten with everything of its municipalities, where a gateway does not understand it', async () => {
    ear.answer(400);
    expect(await send(writeCall(MESSAGE))).toMatchObject({
      status: 500,
      text: expect.stringContaining('soapenv:Server'),
    });
    ear.answer(200);
    await eventually(() => expect(ear.tags()).toContain(`municipality:${AGS}`));
    expect((await send(writeCall(MESSAGE))).status).toBe(200);
  });

  it.each([
    ['nobody', ''],
    ['a wrong password', 'register:a:passwor'],
    ['a user without a password', 'register'],
    ['the password alone', ':a:password'],
  ])('is refused from %s, before it is read', async (_, user) => {
    expect(await send(writeCall(MESSAGE), { user })).toEqual({ status: 401, text: '' });
    expect(ear.tags()).toEqual([]);
  });

  it.each([
    ['of another register of this provider', writeCall(MESSAGE), { user: 'homburg:password' }],
    ['of a municipality that is served elsewhere', writeCall(MESSAGE), { user: 'elsewhere:password' }],
    ['of another media type', writeCall(MESSAGE), { type: 'application/json' }],
    ['in another charset', writeCall(MESSAGE), { type: 'text/xml; charset=iso-8859-1' }],
    ['with a document type', writeCall(MESSAGE).replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'), {}],
    ['with a document type inside', writeCall(MESSAGE.replace('?>', '?><!DOCTYPE x SYSTEM "file:///etc/passwd">')), {}],
    ['without an envelope', MESSAGE, {}],
    ['of another service', writeCall(MESSAGE).replaceAll('urn:akdb', 'urn:other'), {}],
    ['of half a call', writeCall(MESSAGE).slice(0, -200), {}],
    ['of broken base64', writeCall(MESSAGE).replace(/xmlParameter>..../, 'xmlParameter>!!!!'), {}],
    ['of bytes that are no UTF-8', Buffer.from(writeCall(MESSAGE), 'utf16le'), {}],
    ['of nothing', '', {}],
  ])('is refused for good: one %s', async (_, body, sent: Sent) => {
    const { status, text } = await send(body, sent);
    expect([status, text]).toEqual([500, expect.stringContaining('soapenv:Client')]);
    expect(ear.tags()).toEqual([]);
  });

  it('is refused where it is too long', async () => {
    expect((await send(writeCall(MESSAGE.replace('</', `${' '.repeat(64 * 1024)}</`)))).status).toBe(413);
  });

  it('comes by POST alone', async () => {
    expect((await send('', { method: 'GET' })).status).toBe(401);
  });

  it('leaves no trace of the person, of passwords or of the token in the log', () => {
    for (const secret of ['CANARY', person.familyName, 'password', TOKEN]) expect(office.log()).not.toContain(secret);
  });
});

describe('a subgraph that nobody has given technical users or gateways', () => {
  it('takes nothing', async () => {
    const closed = await startResidentsOffice({
      provider: 'spk',
      serves: [AGS],
      size: 0,
      today: '2026-03-20',
      deadlineMs: 1000,
      legacyUrl: 'http://127.0.0.1:1/xmeld',
    });
    try {
      for (const user of [USER, '', ':'])
        expect(
          (await fetch(closed.inletUrl, { method: 'POST', headers: { authorization: `Basic ${btoa(user)}` } })).status,
        ).toBe(401);
    } finally {
      await closed.stop();
    }
  });

  it('does not start with gateways and without their token', async () => {
    const start = startResidentsOffice({
      provider: 'spk',
      serves: [AGS],
      size: 0,
      today: '2026-03-20',
      deadlineMs: 1000,
      legacyUrl: 'http://127.0.0.1:1/xmeld',
      settings: { INVALIDATION_URLS: ear.url },
    });
    await expect(start).rejects.toThrow('ADMIN_TOKEN: needed with INVALIDATION_URLS');
  });
});
