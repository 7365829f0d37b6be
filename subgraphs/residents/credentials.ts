import type { SoapUser } from '../../lib/connect/soap.js';

/** `AGS:name:password`, separated by commas; a password may hold colons. */
export const CREDENTIALS_FORM = /^\d{8}:[^\s:,]+:[^\s,]+(,\d{8}:[^\s:,]+:[^\s,]+)*$/;

/** @param text In `CREDENTIALS_FORM`, or empty. @returns The technical user of each municipality's register, by AGS. */
export const readCredentials = (text: string): ReadonlyMap<string, SoapUser> =>
  new Map(
    text
      .split(',')
      .filter(Boolean)
      .map((entry) => {
        const [ags = '', name = '', ...password] = entry.split(':');
        return [ags, { name, password: password.join(':') }];
      }),
  );
