import type { SqliteFile } from '../database/open.ts';
import { prepared } from './prepared.ts';

/*
 * Numbers of one prefix and year run without gaps (the practice of Turkish e-invoices), but a series may be shared with
 * shops and channels whose orders Omnitron does not know, and such a series is full of holes. So a gap counts only
 * behind a dense stretch: of the places taken by the 100 held numbers before it at most 4 are empty. A gap of more than
 * 100 numbers is the beginning of another stretch.
 */
const STRETCH = 100;
const MOST_EMPTY = 4;
const MOST_MISSING = 100;
/** From so many touched numbers on, working out everything is faster than working out what is near them. */
const MANY = 1_000;

const serialIn = (number: string): string => `CAST(substr(${number}, 8) AS INTEGER)`;

/**
 * Gaps in a set of numbers: those that do not follow the number held before them. Numbers of one length are in the order
 * of their series and serials, which is the order in which they are stored.
 */
const gapsIn = (numbers: string): string => `
  SELECT number, prior, serial - ${serialIn('prior')} - 1 AS missing,
    serial - ${serialIn('prior')} - 1 <= ${MOST_MISSING}
      AND ifnull(substr(far, 1, 7) = series AND ${serialIn('prior')} - ${serialIn('far')} < ${STRETCH + MOST_EMPTY}, 0) AS dense
  FROM (SELECT number, series, serial, lag(number) OVER w AS prior, lag(number, ${STRETCH}) OVER w AS far
    FROM (${numbers}) WINDOW w AS (ORDER BY number))
  WHERE substr(prior, 1, 7) = series AND ${serialIn('prior')} < serial - 1`;

/** The numbers of one series, in their order as they are stored. */
const OF_SERIES = `SELECT number, series, serial FROM invoice_uses
  WHERE number BETWEEN :series AND :series || ':' AND series = :series GROUP BY number`;

/** Adds the gaps in all numbers, series by series: what a window has passed over is kept until its end. */
function addGaps(file: SqliteFile, table: 'main.invoice_gaps' | 'temp.invoice_gaps'): void {
  const next = prepared(
    file,
    'SELECT series FROM invoice_uses WHERE number > :after AND series IS NOT NULL ORDER BY number LIMIT 1',
  );
  const add = prepared(file, `INSERT INTO ${table} ${gapsIn(OF_SERIES)}`);
  const after = (bound: string) => next.get({ after: bound }) as { series: string } | undefined;
  for (let at = after(''); at !== undefined; at = after(`${at.series}:`)) add.run(at);
}

/** Notes the numbers of the touched orders; asked before and after `invoice_uses` follows the orders. */
export function noteTouchedNumbers(file: SqliteFile): void {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS touched_numbers (number TEXT PRIMARY KEY, series TEXT NOT NULL);
    INSERT OR IGNORE INTO temp.touched_numbers
      SELECT u.number, u.series FROM temp.touched_now t CROSS JOIN main.invoice_uses u ON u.order_id = t.order_id
      WHERE u.series IS NOT NULL`);
}

/**
 * Brings `invoice_gaps` up to date with `invoice_uses`: all of it, or what is near the touched numbers; then the orders
 * behind a gap that came, went or changed are touched too.
 */
export function refreshGaps(file: SqliteFile, { all, temporary }: { all: boolean; temporary: boolean }): void {
  if (temporary) {
    file.exec(
      `CREATE TEMP TABLE invoice_gaps (number TEXT PRIMARY KEY, after TEXT, missing INTEGER, dense INTEGER) WITHOUT ROWID`,
    );
    addGaps(file, 'temp.invoice_gaps');
    return;
  }
  if (all) {
    file.exec('DELETE FROM main.invoice_gaps');
    addGaps(file, 'main.invoice_gaps');
    return;
  }
  const touched = Number(file.prepare('SELECT count(*) FROM temp.touched_numbers').pluck().get());
  if (touched > 0) refreshNear(file, touched > MANY);
  file.exec('DELETE FROM temp.touched_numbers');
}

/** The number so many places before or behind a touched one, or the end of its series. */
function reach(direction: 'before' | 'behind'): string {
  const before = direction === 'before';
  const end = before ? 't.series' : "t.series || ':'";
  // One bound a side: of two, SQLite would walk from the farther one.
  const range = before ? `u.number >= ${end} AND u.number < t.number` : `u.number > t.number AND u.number <= ${end}`;
  return `ifnull((SELECT DISTINCT u.number FROM main.invoice_uses u WHERE ${range}
    ORDER BY u.number ${before ? 'DESC' : 'ASC'} LIMIT 1 OFFSET ${STRETCH}), ${end})`;
}

/** Works out the gaps in reach of the touched numbers: a number counts for the stretch of the 100 numbers behind it. */
function refreshNear(file: SqliteFile, everything: boolean): void {
  const spans = everything
    ? `SELECT '', '', ':'`
    : `SELECT ${reach('before')}, t.number, ${reach('behind')} FROM temp.touched_numbers t`;
  const inReach = (from: 'low' | 'number'): string =>
    `SELECT DISTINCT u.number, u.series, u.serial FROM temp.gap_spans s CROSS JOIN main.invoice_uses u
     ON u.number BETWEEN s.${from} AND s.high WHERE u.series IS NOT NULL`;
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS gap_spans (low TEXT, number TEXT, high TEXT);
    CREATE TEMP TABLE IF NOT EXISTS gaps_before (number TEXT PRIMARY KEY, after TEXT, missing INTEGER, dense INTEGER) WITHOUT ROWID;
    CREATE TEMP TABLE IF NOT EXISTS gaps_now (number TEXT PRIMARY KEY, after TEXT, missing INTEGER, dense INTEGER) WITHOUT ROWID;
    DELETE FROM temp.gap_spans; DELETE FROM temp.gaps_before; DELETE FROM temp.gaps_now;
    INSERT INTO temp.gap_spans ${spans};
    INSERT OR IGNORE INTO temp.gaps_before SELECT g.* FROM temp.gap_spans s CROSS JOIN main.invoice_gaps g
      ON g.number BETWEEN s.number AND s.high;
    INSERT INTO temp.gaps_now SELECT * FROM (${gapsIn(inReach('low'))}) WHERE number IN (SELECT number FROM (${inReach('number')}));
    DELETE FROM main.invoice_gaps WHERE number IN (SELECT number FROM temp.gaps_before);
    INSERT INTO main.invoice_gaps SELECT * FROM temp.gaps_now;
    INSERT OR IGNORE INTO temp.touched_now SELECT u.order_id FROM (
      SELECT number FROM (SELECT * FROM temp.gaps_before EXCEPT SELECT * FROM temp.gaps_now)
      UNION SELECT number FROM (SELECT * FROM temp.gaps_now EXCEPT SELECT * FROM temp.gaps_before)
    ) g CROSS JOIN main.invoice_uses u ON u.number = g.number`);
}
