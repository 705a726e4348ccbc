import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { businessDaySql } from '../../src/main/reconcile/business-day-sql.ts';
import { businessDay } from '../../src/shared/period.ts';
import { closeAfterTest } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const FROM_MS = Date.UTC(2000, 0, 2);
const UNTIL_MS = Date.UTC(2039, 11, 30);

test.each(['Europe/Istanbul', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'])(
  'SQL cuts days in %s as the program does, also where clocks are changed',
  (zone) => {
    const seed = testSeed();
    const next = seededRandom(seed);
    const file = closeAfterTest(openSqlite(':memory:', { readonly: false }));
    const day = file.prepare<[{ at: bigint }], string>(`SELECT ${businessDaySql(':at', zone)}`).pluck();
    for (let round = 0; round < 1_500; round += 1) {
      const near = FROM_MS + Math.floor(next() * (UNTIL_MS - FROM_MS));
      // Half of them close to a midnight of the zone's, where the offset decides.
      const at = next() < 0.5 ? near : near - (near % 86_400_000) + Math.floor((next() - 0.5) * 86_400_000);
      expect(day.get({ at: BigInt(at) }), `MUTABAKAT_SEED=${seed}: ${at}`).toBe(businessDay(at, zone));
    }
  },
);
