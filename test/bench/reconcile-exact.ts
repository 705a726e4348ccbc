import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { listOmsPlanted } from '../../src/main/sandbox/oms-planting.ts';
import { FIRST_GENERATED_ID, listPlanted } from '../../src/main/sandbox/planting.ts';
import { type SandboxStatement, statementOf } from '../../src/main/sandbox/statements.ts';
import { ERP_STATUSES } from '../../src/shared/statuses.ts';
import { plantedDataFindings } from './planted-data.ts';

/** How many of the planted things were found, and how many others. */
export interface Exactness {
  planted: number;
  found: number;
  missed: number;
  others: number;
}

/** Checks whose discrepancies lie in the statement, so that its generator lists them. */
const OF_STATEMENT = /^(statement\.|erp\.(sent-but-absent|unflagged|amount|duplicate) )/;

/** Findings, what was made of every row, and the checks that had something to find. */
export interface Exact {
  findings: Exactness;
  rows: Exactness;
  checks: string[];
}

/** What of a generated store has been read beside its orders. */
export interface Sources {
  seed: number;
  orders: number;
  /** Statements in force. */
  kinds: readonly SandboxStatement[];
  /** Orders whose payments have been read; none where it is left out. */
  payments?: ReadonlySet<number>;
  /** Whether OMS has been read. */
  oms?: boolean;
}

/** What the generators list, as `check order id` or `check kind line n`, and the outcome of every row. */
export function plantedIn(sources: Sources): { findings: string[]; outcomes: string[] } {
  const { seed, orders, kinds, payments, oms = false } = sources;
  const differences = oms ? listOmsPlanted(seed, orders) : [];
  const unknown = new Set(
    differences.flatMap(({ difference, orderId }) => (difference === 'missing' ? [orderId] : [])),
  );
  const findings = [
    ...plantedDataFindings(seed, orders),
    ...differences
      .filter(({ difference, orderId }) => difference !== 'missing' || isFulfilled(seed, orderId))
      .map(({ difference, orderId }) => `oms.${difference} order ${orderId}`),
    ...listPlanted(seed, orders)
      .filter(({ check, needs, orderId }) => {
        if (needs === 'oms') return oms && !unknown.has(orderId);
        return needs === 'payments' ? payments?.has(orderId) : !OF_STATEMENT.test(`${check} `);
      })
      .map(({ check, orderId }) => `${check} order ${orderId}`),
  ];
  const outcomes: string[] = [];
  for (const kind of kinds) {
    for (const each of statementOf({ kind, seed, orders })) {
      const about = 'orderId' in each ? `order ${each.orderId}` : `${kind} line ${each.line}`;
      for (const check of each.findings) findings.push(`${check} ${about}`);
      if ('line' in each) outcomes.push(`${kind} ${each.line} ${each.state}`);
    }
  }
  return { findings, outcomes };
}

/** OMS has to know only orders that are to be fulfilled. */
function isFulfilled(seed: number, orderId: number): boolean {
  const { status } = draftOrder(seed, orderId - FIRST_GENERATED_ID);
  return ERP_STATUSES.some((each) => each === status);
}

/** The checks of which one finding at least is listed. */
export function checksOf(findings: readonly string[]): string[] {
  return [...new Set(findings.map((finding) => finding.slice(0, finding.indexOf(' '))))];
}

/**
 * Holds the findings, and what was made of every row, against what the generators list for a store of which this has been
 * read. Statements that are withdrawn count for nothing.
 */
export function measureExactness(folder: string, sources: Sources): Exact {
  const file = openReaderFile(folder);
  const found = file
    .prepare<[], string>(
      `SELECT f.check_code || ' '
         || iif(f.row_id IS NULL, 'order ' || ifnull(f.order_id, f.subject), s.kind || ' line ' || r.line)
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
  const { findings, outcomes } = plantedIn(sources);
  return { findings: compare(findings, found), rows: compare(outcomes, states), checks: checksOf(findings) };
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
