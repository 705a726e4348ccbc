import { expect, test } from 'vitest';
import { businessDay, startOfDay } from '../../src/shared/period.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const ZONES = [
  'Europe/Istanbul',
  'UTC',
  'Europe/London',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Asuncion',
  'America/Santiago',
  'America/St_Johns',
  'America/Scoresbysund',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const FIRST_MS = Date.UTC(2009, 0, 1);
const DAYS = (Date.UTC(2028, 0, 1) - FIRST_MS) / 86_400_000;
const SAMPLE = 250;
const seed = testSeed();

function assertStarts(day: string, zone: string): void {
  const start = startOfDay(day, zone);
  expect(businessDay(start, zone) >= day, `${day} in ${zone} begins too early, seed ${seed}`).toBe(true);
  expect(businessDay(start - 1, zone) < day, `${day} in ${zone} begins too late, seed ${seed}`).toBe(true);
}

test.each(ZONES)(`a day in %s begins at its first instant (seed ${seed})`, (zone) => {
  const random = seededRandom(seed);
  for (let n = 0; n < SAMPLE; n += 1) {
    const day = new Date(FIRST_MS + Math.floor(random() * DAYS) * 86_400_000).toISOString().slice(0, 10);
    assertStarts(day, zone);
  }
});

test.each([
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
  ['2024-03-10', 'America/Havana', '2024-03-10T05:00:00.000Z'],
  ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00:00.000Z'],
  ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['2026-01-01', 'Europe/Istanbul', '2025-12-31T21:00:00.000Z'],
])('%s in %s begins at %s', (day, zone, instant) => {
  expect(new Date(startOfDay(day, zone)).toISOString()).toBe(instant);
  assertStarts(day, zone);
});
