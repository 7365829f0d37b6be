/** Details of an error that may leave the gateway beside its code: names, words of ours, and numbers; never text. */
const NAMES = ['argument', 'requiredTrustLevel', 'requiredAcr'] as const;
const NUMBERS = ['limit', 'value', 'retryAfterSeconds'] as const;

/** @returns What of an error's `extensions` a client may see, without the code. */
export function pickDetails(extensions: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const picked: Record<string, string | number> = {};
  const read = (name: string) => (Object.hasOwn(extensions, name) ? extensions[name] : undefined);
  for (const name of NAMES) {
    const text = read(name);
    if (typeof text === 'string' && /^[\w$][\w$.-]{0,99}$/.test(text)) picked[name] = text;
  }
  const reason = read('reason');
  if (typeof reason === 'string' && /^[A-Z][A-Z_]{0,39}$/.test(reason)) picked.reason = reason;
  for (const name of NUMBERS) {
    const number = read(name);
    if (typeof number === 'number' && Number.isFinite(number)) picked[name] = number;
  }
  return picked;
}
