import { describe, expect, it } from 'vitest';
import {
  choicesOf,
  type Draft,
  draftKey,
  firstDrafts,
  isForeign,
  isSameValue,
  readEdit,
  refusalOf,
} from '../../src/renderer/features/corrections/conflict-choices.ts';
import { fieldLabel } from '../../src/renderer/features/corrections/field-label.ts';
import { exceptionsOf, pushableOf } from '../../src/renderer/features/corrections/push-batches.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { isSamePerson } from '../../src/renderer/stores/people-store.ts';
import type { BatchRow } from '../../src/shared/batches.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';

const FACTS = { nowMs: Date.parse('2026-11-20T09:00:00Z'), timeZone: 'Europe/Istanbul', closedUntil: '2026-09-30' };

function conflict(id: number, fields: CorrectionRow['fields']): CorrectionRow {
  return {
    id,
    state: 'conflict',
    order: { id: 1, number: '1' },
    lineId: 9,
    fields,
    createdAt: '2026-11-20T09:00:00Z',
    updatedAt: '2026-11-20T09:00:00Z',
    problem: null,
    batch: { id: 1, number: '2026-0001' },
    maker: 'ayse',
    reverses: null,
    successor: null,
    cancellation: null,
  };
}

const NUMBER = { field: 'invoice_number', base: null, target: 'A2', server: 'X9' } as const;
const DATE = { field: 'invoice_date', base: null, target: '2026-11-02', server: '2026-11-02T00:00:00Z' } as const;

const drafts = (...said: [number, CorrectionRow['fields'][number]['field'], Draft][]) =>
  new Map(said.map(([id, field, draft]) => [draftKey(id, field), draft]));

describe('deciding conflicts', () => {
  it('leaves only the fields in conflict to be decided', () => {
    expect(isForeign(NUMBER)).toBe(true);
    expect(isForeign(DATE)).toBe(false);
    const first = firstDrafts([conflict(1, [NUMBER, DATE])]);
    expect(first.get(draftKey(1, 'invoice_number'))?.keep).toBe('');
    expect(first.get(draftKey(1, 'invoice_date'))?.keep).toBe('mine');
  });

  it('asks about every field where no value is somebody else’s: the change as a whole was not made', () => {
    const ignored = { ...NUMBER, server: null };
    expect(firstDrafts([conflict(1, [ignored])]).get(draftKey(1, 'invoice_number'))?.keep).toBe('');
  });

  it('takes none and the empty text for one value, and the instants of a day', () => {
    expect(isSameValue('invoice_number', null, '')).toBe(true);
    expect(isSameValue('invoice_date', '2026-11-02', '2026-11-02T00:00:00.000Z')).toBe(true);
    expect(isSameValue('invoice_number', 'A', 'a')).toBe(false);
    expect(isSameValue('extra_field.k', { a: '1' }, { a: '1' })).toBe(true);
    expect(isSameValue('is_send', false, null)).toBe(false);
  });

  it('counts what is open and what cannot be sent, and names each choice once', () => {
    const rows = [conflict(1, [NUMBER, DATE]), conflict(2, [NUMBER])];
    const none = choicesOf(rows, new Map(), FACTS);
    expect([none.open, none.bad]).toEqual([3, 0]);
    const mixed = choicesOf(
      rows,
      drafts(
        [1, 'invoice_number', { keep: 'edit', text: '=1+1' }],
        [1, 'invoice_date', { keep: 'mine', text: '' }],
        [2, 'invoice_number', { keep: 'theirs', text: 'left behind' }],
      ),
      FACTS,
    );
    expect([mixed.open, mixed.bad]).toEqual([0, 1]);
    const good = choicesOf(
      rows,
      drafts(
        [1, 'invoice_number', { keep: 'edit', text: ' B-77 ' }],
        [1, 'invoice_date', { keep: 'edit', text: '5.11.2026' }],
        [2, 'invoice_number', { keep: 'theirs', text: '' }],
      ),
      FACTS,
    );
    expect(good).toEqual({
      open: 0,
      bad: 0,
      choices: [
        {
          id: 1,
          fields: [
            { field: 'invoice_number', keep: 'edit', value: 'B-77' },
            { field: 'invoice_date', keep: 'edit', value: '2026-11-05' },
          ],
        },
        { id: 2, fields: [{ field: 'invoice_number', keep: 'theirs' }] },
      ],
    });
  });

  it('says why an edited value cannot be sent', () => {
    expect(readEdit(DATE, '31.2.2026', FACTS).refused).toBe('date-form');
    expect(readEdit(DATE, '25.11.2026', FACTS).refused).toBe('date-future');
    expect(readEdit(DATE, '2026-09-30', FACTS).refused).toBe('date-closed');
    expect(readEdit({ ...NUMBER, field: 'e_archive_url' }, 'http://a.example', FACTS).refused).toBe('link');
    const state = { field: 'cancel_status', base: 'waiting', target: 'confirmed', server: 'approved' } as const;
    expect(readEdit(state, 'confirmed', FACTS).refused).toBe('cancel-move');
    expect(readEdit(state, 'rejected', FACTS)).toEqual({ value: 'rejected', refused: null });
  });

  it('finds the field that the engine refused, and nothing in other errors', () => {
    const refused = new AppError('VALUE_INVALID', 'x', { details: { field: 'invoice_number', reason: 'year' } });
    expect(refusalOf(refused)).toEqual({ field: 'invoice_number', reason: 'year' });
    expect(refusalOf(new AppError('VALUE_INVALID', 'x', { details: { field: 'invoice_number' } }))).toBeNull();
    expect(refusalOf(null)).toBeNull();
  });
});

describe('words and counts of batches', () => {
  it('names a key of an extra field as the store does', async () => {
    await i18n.changeLanguage('en');
    expect(fieldLabel(i18n.t, 'extra_field.cost_center')).toBe('Extra field “cost_center”');
    expect(fieldLabel(i18n.t, 'tracking_number')).toBe('Tracking number');
  });

  it('counts what a push takes up and what needs a person', () => {
    const batch = { states: { applied: 3, queued: 2, waiting: 1, unknown: 1, conflict: 4, rejected: 5 } } as BatchRow;
    expect(pushableOf(batch)).toBe(4);
    expect(exceptionsOf(batch)).toBe(10);
  });

  it('takes names that differ in case for one person, and nobody for none', () => {
    expect(isSamePerson('Ayşe', 'AYŞE')).toBe(true);
    expect(isSamePerson(null, null)).toBe(false);
    expect(isSamePerson('Ayşe', null)).toBe(false);
  });
});
