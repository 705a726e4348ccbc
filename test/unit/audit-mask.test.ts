import { expect, test } from 'vitest';
import { appendJournal, readJournalEntry } from '../../src/main/audit/journal.ts';
import { maskPersonal } from '../../src/main/audit/mask.ts';
import { newEntry, openTrail } from '../support/audit-trail.ts';

test.each([
  ['asked ayse.yilmaz+x@örnek.com.tr, fine', 'asked [e-mail], fine'],
  ['IBAN TR33 0006 1005 1978 6457 8413 26 was wrong', 'IBAN [IBAN] was wrong'],
  ['tr330006100519786457841326', '[IBAN]'],
  ['mistyped TR33 0006 1005 1978 6457 8413 27', 'mistyped [IBAN]'],
  ['paid from DE89 3704 0044 0532 0130 00', 'paid from [IBAN]'],
  ['GB29 NWBK 6016 1331 9268 19', '[IBAN]'],
  ['card 4111 1111 1111 1111 refused', 'card [card] refused'],
  ['5500-0000-0000-0004', '[card]'],
  ['1234567890123456', '[card]'],
  ['identity 10000000146', 'identity [identity]'],
  ['call 05321234567', 'call [phone]'],
  ['call 0532 123 45 67, or 0 (212) 555 12 34', 'call [phone], or [phone]'],
  ['call +90 (532) 123 45 67 or +49-30-1234567', 'call [phone] or [phone]'],
  ['+905321234567 4111 1111 1111 1111', '[phone] [card]'],
])('%j is masked', (given, masked) => {
  expect(maskPersonal(given)).toBe(masked);
});

test.each([
  'invoice ABC2026000000123 of order 1234567',
  'AB12 were paid late that month',
  'difference -1.234,56 try since 2026-01-31',
  'order 100000000146 @ 12:30',
  'plus +1.234.567,89 try, or +12 345 678',
  'statement 3, rows 12-15; "rounding"',
])('%j stays as it is', (text) => {
  expect(maskPersonal(text)).toBe(text);
});

test('what is stored is masked already', () => {
  const { local } = openTrail();
  const id = appendJournal(local, newEntry({ reason: 'see a@b.com' }));
  expect(readJournalEntry(local, 'main', id)?.reason).toBe('see [e-mail]');
});
