import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { listPlanted } from '../../src/main/sandbox/planting.ts';
import { type SandboxStatement, statementOf } from '../../src/main/sandbox/statements.ts';

/** How many of the planted things were found, and how many others. */
export interface Exactness {
  planted: number;
  found: number;
  missed: number;
  others: number;
}

/** Checks whose discrepancies lie in the statement, so that its generator lists them. */
const OF_STATEMENT = /^(statement\.|erp\.(sent-but-absent|unflagged|amount|duplicate) )/;

/** Findings, and what was made of every row. */
export interface Exact {
  findings: Exactness;
  rows: Exactness;
}

/**
 * Holds the findings, and what was made of every row, against what the generators list for a store whose orders and files
 * of these kinds have been read, but neither payments nor OMS. Statements that are withdrawn count for nothing.
 */
export function measureExactness(
  folder: string,
  { seed, orders, kinds }: { seed: number; orders: number; kinds: readonly SandboxStatement[] },
): Exact {
  const file = openReaderFile(folder);
  const found = file
    .prepare<[], string>(
      `SELECT f.check_code || ' ' || iif(f.row_id IS NULL, 'order ' || f.order_id, s.kind || ' line ' || r.line)
       FROM findings f LEFT JOIN local.statement_rows r ON r.id = f.row_id
         LEFT JOIN local.statements s ON s.id = r.statement_id`,
    )
    .pluck()
    .all();
  const states = file
    .prepare<[], string>(
      `SELECT s.kind || ' ' || r.line || ' '
         || ifnull((SELECT min(m.state) FROM local.matches m WHERE m.row_id = r.id), 'unmatched')
       FROM local.statement_rows r JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL`,
    )
    .pluck()
    .all();
  file.close();
  const planted = listPlanted(seed, orders)
    .filter(({ check, needs }) => needs === 'orders' && !OF_STATEMENT.test(`${check} `))
    .map(({ check, orderId }) => `${check} order ${orderId}`);
  const outcomes: string[] = [];
  for (const kind of kinds) {
    for (const each of statementOf({ kind, seed, orders })) {
      const about = 'orderId' in each ? `order ${each.orderId}` : `${kind} line ${each.line}`;
      planted.push(...each.findings.map((check) => `${check} ${about}`));
      if ('line' in each) outcomes.push(`${kind} ${each.line} ${each.state}`);
    }
  }
  return { findings: compare(planted, found), rows: compare(outcomes, states) };
}

function compare(planted: readonly string[], found: readonly string[]): Exactness {
  const [wanted, had] = [new Set(planted), new Set(found)];
  return {
    planted: planted.length,
    found: found.length,
    missed: planted.filter((each) => !had.has(each)).length,
    others: found.filter((each) => !wanted.has(each)).length,
  };
}
