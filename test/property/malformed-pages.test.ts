import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedPage } from '../../src/main/omnitron/mapped-order.ts';
import { parseOrdersPage } from '../../src/main/omnitron/parse-page.ts';
import { AppError } from '../../src/shared/errors.ts';
import { sampleBytes } from '../support/samples.ts';

const SAMPLE = sampleBytes('get-orders.json');
const GOOD = parseOrdersPage(SAMPLE).rows[0];
const ORDER_KEYS = GOOD?.ok ? Object.keys(GOOD.order).sort() : [];
const LINE_KEYS = GOOD?.ok ? Object.keys(GOOD.order.lines[0] ?? {}).sort() : [];

/** Cuts, overwrites and doubles a stretch of bytes. */
const damage = fc.array(
  fc.record({
    at: fc.nat(SAMPLE.length - 1),
    length: fc.nat(40),
    kind: fc.constantFrom('cut', 'overwrite', 'double', 'truncate'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 3 },
);

type Damage = typeof damage extends fc.Arbitrary<(infer D)[]> ? D : never;

function apply(bytes: Uint8Array, { at, length, kind, bytes: inserted }: Damage): Uint8Array {
  const head = bytes.subarray(0, at);
  const stretch = bytes.subarray(at, at + length);
  const tail = bytes.subarray(at + length);
  if (kind === 'truncate') return head;
  if (kind === 'cut') return Buffer.concat([head, tail]);
  return Buffer.concat([head, kind === 'double' ? Buffer.concat([stretch, stretch]) : inserted, tail]);
}

/** A page, or null where the body was refused as it should be; anything else that is thrown fails the test. */
function parse(bytes: Uint8Array): ParsedPage | null {
  try {
    return parseOrdersPage(bytes);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'RESPONSE_INVALID' });
    return null;
  }
}

describe('a damaged page', () => {
  it('is refused, or its rows are orders of allow-listed fields or bad rows', () => {
    fc.assert(
      fc.property(damage, (steps) => {
        const page = parse(steps.reduce(apply, SAMPLE));
        for (const row of page?.rows ?? []) {
          if (!row.ok) {
            expect(Object.keys(row.bad).sort()).toEqual(['code', 'id', 'path']);
            expect(row.bad.path).toMatch(/^[a-z0-9_.]*$/);
            continue;
          }
          expect(Object.keys(row.order).sort()).toEqual(ORDER_KEYS);
          for (const line of row.order.lines) expect(Object.keys(line).sort()).toEqual(LINE_KEYS);
          expect(Number.isSafeInteger(row.order.id)).toBe(true);
          expect(Number.isSafeInteger(row.order.datePlacedMs)).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
