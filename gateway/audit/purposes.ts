/**
 * Purposes whose accesses are kept from the person concerned: where a security authority had the block entered, it
 * decides whether the person learns of a retrieval (§ 34 (5) BMG). None of the purposes offered today is one of theirs.
 */
export const WITHHELD_PURPOSES: ReadonlySet<string> = new Set();

/** Occasion keys (Anlass) of vehicle retrievals, § 69 FZV, as far as the purpose says them. */
const OCCASIONS: Readonly<Record<string, string>> = { 'vehicles.registration': '1 Zulassung' };

/** @returns `null` where the purpose names no occasion. */
export const occasionOf = (purpose: string | null): string | null =>
  purpose !== null && Object.hasOwn(OCCASIONS, purpose) ? (OCCASIONS[purpose] ?? null) : null;
