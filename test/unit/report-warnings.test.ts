import { describe, expect, it } from 'vitest';
import { labelsFor } from '../../src/main/reports/labels.ts';
import { LocalClock } from '../../src/main/reports/local-clock.ts';
import type { ReportHeader } from '../../src/main/reports/source.ts';
import { warnings } from '../../src/main/reports/warnings.ts';
import { reportSource } from '../support/report-source.ts';

function warned(header: Partial<ReportHeader>, language: 'en' | 'tr' = 'en'): string[] {
  const source = reportSource([], [], { header });
  const clock = new LocalClock(source.header.timeZone);
  return warnings(source, { language, labels: labelsFor(language), clock, negativeStyle: 'minus' });
}

const TEN = Date.UTC(2026, 1, 2, 7);
const ELEVEN = Date.UTC(2026, 1, 2, 8);
const incomplete = { finishedAtMs: TEN, complete: false, remoteCount: 9 };

describe('the warnings of a report', () => {
  it('are none after a complete sync that covers the period and read every order', () => {
    expect(warned({})).toEqual([]);
    expect(warned({ period: { from: null, to: null } })).toEqual([]);
  });

  it.each<[string, Partial<ReportHeader>, string]>([
    ['the last sync was incomplete', { lastSync: incomplete }, 'The last sync (2026-02-02 10:00:00) was incomplete'],
    ['no sync has ended', { lastSync: null, lastCompleteMs: null }, 'No sync with Omnitron has ended yet'],
    ['the first sync still runs', { lastSync: null, lastCompleteMs: null, unfinishedMs: TEN }, 'No sync with Omnitron'],
    ['a later sync was broken off', { unfinishedMs: ELEVEN }, 'A sync that began at 2026-02-02 11:00:00 has not ended'],
    ['orders are in quarantine', { quarantined: 2 }, 'Orders that could not be read: 2.'],
    ['orders have vanished', { vanished: 3 }, 'Orders that no longer occur at Omnitron are included: 3.'],
    ['the period went on after the sync', { period: { from: null, to: '2026-02-02' } }, 'after 2026-02-02 10:00:00'],
    ['quantities were read otherwise', { otherQuantityKey: true }, 'with quantity as the key of the quantity'],
    ['the checks have not run', { checkRun: null }, 'The checks have not run yet'],
  ])('say so when %s', (_when, header, words) => {
    const found = warned(header);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
    expect(warned(header, 'tr')).toHaveLength(1);
  });

  it('name every reason when there are several', () => {
    expect(warned({ lastSync: incomplete, lastCompleteMs: 0, quarantined: 1, checkRun: null })).toHaveLength(4);
  });
});
