import { createHash, timingSafeEqual } from 'node:crypto';
import type { SoapUser } from '../../lib/connect/soap.js';
import { readSoapCall, SOAP_MEDIA_TYPE, writeSoapFault, writeSoapResult } from '../../lib/connect/soap-server.js';
import { element, toDocument } from '../../lib/connect/xml.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { InletAnswer, InletMessage } from '../../lib/subgraph/inlet.js';
import type { Invalidations } from '../../lib/subgraph/invalidate.js';
import { type RegisterEvent, readEvent } from './event-message.js';
import { tagsOf } from './event-tags.js';
import { SIMULATED } from './message.js';
import type { Pseudonyms } from './pseudonyms.js';
import { SOAP_SERVICE } from './soap-service.js';

/** What registers say by themselves. */
export interface RegisterEvents {
  /** @returns AGS of the register that the technical user sends for; `null` for everybody else. */
  admit(authorization: string | undefined): string | null;
  /**
   * Takes one message (SOAP 1.1). It is acknowledged once the gateways have confirmed that they have forgotten; otherwise
   * it is a fault of ours, after which the register sends it again.
   */
  receive(message: InletMessage): Promise<InletAnswer>;
}

export interface RegisterEventParts {
  /** Technical users of the registers, by AGS. */
  readonly users: ReadonlyMap<string, SoapUser>;
  readonly serves: (ags: string) => boolean;
  readonly pseudonyms: Pseudonyms;
  readonly invalidations: Invalidations;
  readonly log: Log;
}

const CONFIRMED_WITHIN_MS = 1000;

/** Nothing is kept of anybody here beyond a request, so that there is nothing else to forget. */
export function createRegisterEvents(parts: RegisterEventParts): RegisterEvents {
  const { users, serves, pseudonyms, invalidations, log } = parts;
  const proofs = [...users].map(([ags, { name, password }]) => ({ ags, proof: digest(`${name}:${password}`) }));
  return {
    admit(authorization) {
      const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '') ?? [];
      const given = digest(Buffer.from(encoded, 'base64').toString('utf8'));
      return proofs.find(({ proof }) => timingSafeEqual(proof, given))?.ags ?? null;
    },
    async receive({ sender: ags, mediaType, body }) {
      if (!serves(ags)) return fault('Client', 'This instance does not serve the municipality.');
      const event = await readCall({ mediaType, body }, ags).catch(toNothing);
      if (event === null) {
        log.warn({ ags }, 'a register has sent what is no message of it');
        return fault('Client', 'This is no message that registers send by themselves.');
      }
      invalidations.forget(tagsOf(event, pseudonyms));
      if (!(await invalidations.isConfirmed(CONFIRMED_WITHIN_MS))) return fault('Server', 'Not everybody knows yet.');
      log.debug({ ags }, 'a register has reported a change');
      return { status: 200, mediaType: SOAP_MEDIA_TYPE, body: writeSoapResult(writeReceipt(event.uuid), SOAP_SERVICE) };
    },
  };
}

const readCall = async (call: Pick<InletMessage, 'mediaType' | 'body'>, ags: string): Promise<RegisterEvent> =>
  readEvent(await readSoapCall(call, SOAP_SERVICE), ags);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** SOAP 1.1 sends faults with 500, whosever they are. */
const fault = (side: 'Client' | 'Server', text: string): InletAnswer => ({
  status: 500,
  mediaType: SOAP_MEDIA_TYPE,
  body: writeSoapFault(side, text),
});

/** Simulated: the messages have no answer in XMeld. */
const writeReceipt = (uuid: string): string =>
  toDocument(element('sim:quittung', element('nachrichtenUUID', uuid), { 'xmlns:sim': SIMULATED }));

function toNothing(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
