import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePayments } from '../../src/main/omnitron/parse-payments.ts';
import { AppError } from '../../src/shared/errors.ts';
import { sampleBytes } from '../support/samples.ts';

const SAMPLE = sampleBytes('order-detailed-integration.json');
const NONE = { pages: [new TextEncoder().encode('[]')] };
const KEYS = ['amount', 'created', 'createdMs', 'currency', 'id', 'reference', 'set', 'succeeded', 'type'];
/** Where the transactions stand; damage elsewhere is mostly to what nobody reads. */
const FROM = Buffer.from(SAMPLE).indexOf('"transaction_set"');

const damage = fc.record({
  at: fc.integer({ min: FROM, max: SAMPLE.length - 1 }),
  length: fc.nat(60),
  bytes: fc.uint8Array({ maxLength: 6 }),
});

it('a damaged detailed order is refused, or what is kept of it are allow-listed fields', () => {
  fc.assert(
    fc.property(damage, ({ at, length, bytes }) => {
      const detailed = Buffer.concat([SAMPLE.subarray(0, at), bytes, SAMPLE.subarray(at + length)]);
      try {
        const { payments } = parsePayments(27, { detailed, discounts: NONE, plans: NONE });
        for (const each of payments.transactions) {
          expect(Object.keys(each).sort()).toEqual(KEYS);
          expect(typeof each.amount).toBe('bigint');
          expect(Number.isSafeInteger(each.id)).toBe(true);
        }
        for (const { part, path, code } of payments.unreadable) {
          expect(part).toMatch(/^[a-z_]*transaction_set$/);
          expect(path).toMatch(/^[0-9a-z_.]*$/);
          expect(code).toMatch(/^[a-z_]+$/);
        }
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AppError);
        expect(thrown).toMatchObject({ code: 'RESPONSE_INVALID' });
      }
    }),
    { numRuns: 3_000 },
  );
});
