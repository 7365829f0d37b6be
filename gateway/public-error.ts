/** Details of an error that may leave the gateway beside its code: names, words of ours, and numbers; never text. */
const WORDS: readonly (readonly [string, RegExp])[] = [
  ['argument', /^(X-Purpose|X-File-Reference|[$a-z_]\w{0,63}(\.\w{1,64}){0,2})$/],
  ['requiredTrustLevel', /^(normal|substanziell|hoch)$/],
  ['requiredAcr', /^STORK-QAA-Level-[134]$/],
  ['reason', /^[A-Z][A-Z_]{0,39}$/],
];
const NUMBERS = ['limit', 'value', 'retryAfterSeconds'] as const;

/** @returns What of an error's `extensions` a client may see, without the code. */
export function pickDetails(extensions: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const picked: Record<string, string | number> = {};
  const read = (name: string) => (Object.hasOwn(extensions, name) ? extensions[name] : undefined);
  for (const [name, form] of WORDS) {
    const word = read(name);
    if (typeof word === 'string' && form.test(word)) picked[name] = word;
  }
  for (const name of NUMBERS) {
    const number = read(name);
    if (typeof number === 'number' && Number.isFinite(number)) picked[name] = number;
  }
  return picked;
}
