import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/main/omnitron/retry-after.ts';

const NOW = Date.UTC(2026, 0, 1);
const wait = (headers: Record<string, string>): number | null => retryAfterMs(new Headers(headers), NOW);

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['Thu Jan  1 00:01:00 2026', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ])('reads %s', (value, ms) => {
    expect(wait({ 'retry-after': value })).toBe(ms);
  });

  it.each(['', '-1', '1.5', '1e3', 'soon', '99999999999', 'Thu, nonsense GMT'])('says nothing: "%s"', (value) => {
    expect(wait({ 'retry-after': value })).toBeNull();
  });

  it('is null without the header', () => {
    expect(wait({})).toBeNull();
  });

  it("holds a date against the server's own clock", () => {
    const headers = { date: 'Thu, 01 Jan 2026 05:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 05:00:10 GMT' };
    expect(wait(headers)).toBe(10_000);
  });
});
