import { describe, expect, it } from '@jest/globals';
import { fromPaymentPosition, toPaymentPosition } from '../../../../subgraphs/housing-benefit/payment-position.js';

describe('the position of a payment', () => {
  it('is read as it was written', () => {
    const position = { month: '202605', number: 12 };
    expect(toPaymentPosition(fromPaymentPosition(position))).toEqual(position);
    expect(toPaymentPosition(null)).toBeNull();
  });

  it.each([['202605'], ['202605-'], ['202605-99999999999'], ["202605-1' OR"], ['']])('is not %j', (text) =>
    expect(() => toPaymentPosition(text)).toThrow(
      expect.objectContaining({ extensions: { argument: 'after', code: 'BAD_USER_INPUT' } }),
    ),
  );
});
