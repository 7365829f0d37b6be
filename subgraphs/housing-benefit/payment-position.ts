import { AppError } from '../../lib/errors.js';

/** Where a payment stands in the list of its case: the month as the register writes it (JJJJMM), and its number. */
export interface PaymentPosition {
  readonly month: string;
  readonly number: number;
}

export const fromPaymentPosition = ({ month, number }: PaymentPosition): string => `${month}-${number}`;

/** @throws AppError `BAD_USER_INPUT` for a cursor that is none of this list's. */
export function toPaymentPosition(text: string | null): PaymentPosition | null {
  if (text === null) return null;
  const [, month, number] = /^([0-9]{6})-([0-9]{1,9})$/.exec(text) ?? [];
  if (month === undefined)
    throw new AppError('BAD_USER_INPUT', 'The cursor does not belong to this list.', { detail: { argument: 'after' } });
  return { month, number: Number(number) };
}
