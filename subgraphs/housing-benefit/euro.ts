import { Decimal } from 'decimal.js';

/**
 * Decimal arithmetic for euros: exact far beyond the ten decimals of Anlage 3 WoGG, also where § 11 (3) WoGG divides by
 * three or seven.
 */
export const Euro = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });
export type Euro = Decimal;

export const toEuro = (cents: number): Euro => new Euro(cents).div(100);

/** @returns Whole cents, half a cent upwards. */
export const toCents = (euro: Euro): number => euro.mul(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
