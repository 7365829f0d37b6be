/** Details of an error that may leave the gateway, beside its code: names and numbers, never text of somebody else. */
const PUBLIC_DETAILS = [
  'argument',
  'requiredTrustLevel',
  'requiredAcr',
  'limit',
  'actual',
  'retryAfterSeconds',
] as const;

/** @returns What of an error's `extensions` a client may see, without the code. */
export function pickDetails(extensions: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const picked: Record<string, string | number> = {};
  for (const name of PUBLIC_DETAILS) {
    const value = Object.hasOwn(extensions, name) ? extensions[name] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) picked[name] = value;
    if (typeof value === 'string' && /^[\w$][\w$.-]{0,99}$/.test(value)) picked[name] = value;
  }
  return picked;
}
