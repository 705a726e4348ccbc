import { expect, test } from 'vitest';
import type { CorrectionField, FieldValue } from '../../src/shared/corrections.ts';
import { isReversible } from '../../src/shared/reversibility.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';

type Change = [field: CorrectionField, base: FieldValue, target: FieldValue];
const unsend = { ...DEFAULT_CONTROL, unsendProven: true };
const clear = { ...DEFAULT_CONTROL, clearProven: true };

test.each<Change>([
  ['is_send', false, true],
  ['is_send', null, true],
])('the sent flag cannot be taken back until a tenant has proved otherwise: %s %j -> %j', (field, base, target) => {
  const change = { field, base, target };
  expect(isReversible(change, DEFAULT_CONTROL)).toBe(false);
  expect(isReversible(change, clear)).toBe(false);
  expect(isReversible(change, unsend)).toBe(true);
});

test.each<Change>([
  ['invoice_number', null, 'A1'],
  ['invoice_date', '', '2026-01-05'],
  ['extra_field.erp', null, { a: '1' }],
  ['cancel_status', null, 'waiting'],
])('a field cannot be cleared until a tenant has proved otherwise: %s %j -> %j', (field, base, target) => {
  const change = { field, base, target };
  expect(isReversible(change, DEFAULT_CONTROL)).toBe(false);
  expect(isReversible(change, unsend)).toBe(false);
  expect(isReversible(change, clear)).toBe(true);
});

test.each<[...Change, reversible: boolean]>([
  ['is_send', true, false, true],
  ['invoice_number', 'A1', 'A2', true],
  ['status', '400', '450', true],
  ['extra_field.erp', { a: '1' }, null, true],
  ['cancel_status', 'waiting', 'confirmed', true],
  // Omnitron refuses approved -> confirmed, and every step back from waiting_for_payment (contract, section 12.2).
  ['cancel_status', 'confirmed', 'approved', false],
  ['cancel_status', 'waiting', 'waiting_for_payment', false],
  ['cancel_status', 'approved', 'waiting_for_payment', false],
])('%s %j -> %j can be taken back: %j', (field, base, target, reversible) => {
  expect(isReversible({ field, base, target }, DEFAULT_CONTROL)).toBe(reversible);
  expect(isReversible({ field, base, target }, { ...unsend, clearProven: true })).toBe(reversible);
});
