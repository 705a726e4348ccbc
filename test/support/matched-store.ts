import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import {
  SANDBOX_TERMS,
  type SandboxStatement,
  statementColumns,
  statementOf,
  statementText,
} from '../../src/main/sandbox/statements.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import type { MatchState } from '../../src/shared/matches.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from './engine.ts';

/** What must be found about one generated statement. */
export interface Planted {
  /** Rows by line. */
  states: Map<number, MatchState>;
  /** `check order` or `check line`, sorted. */
  findings: string[];
}

/** What the generator says must be found. */
export function plantedIn(kind: SandboxStatement, seed: number, orders: number): Planted {
  const states = new Map<number, MatchState>();
  const findings: string[] = [];
  for (const each of statementOf({ kind, seed, orders })) {
    if ('orderId' in each) findings.push(...each.findings.map((check) => `${check} order ${each.orderId}`));
    else {
      states.set(each.line, each.state);
      findings.push(...each.findings.map((check) => `${check} line ${each.line}`));
    }
  }
  return { states, findings: findings.sort() };
}

/** A store of generated orders in this process, into which statements are imported. */
export function matchedStore(seed: number, orders: number, order: (index: number) => number = (index) => index) {
  const { folder, writer, reader } = startEngine();
  storeOrders(
    writer,
    Array.from({ length: orders }, (_, index) => writeOrder(seed, draftOrder(seed, order(index)))),
  );
  const file = closeAfterTest(openReaderFile(folder));
  return {
    folder,
    writer,
    reader,
    file,
    async import(kind: SandboxStatement, text?: string): Promise<number> {
      const path = join(folder, `${kind}-${text?.length ?? 0}.csv`);
      writeFileSync(path, text ?? [...statementText({ kind, seed, orders })].join(''));
      const terms = kind in SANDBOX_TERMS ? SANDBOX_TERMS[kind as keyof typeof SANDBOX_TERMS] : {};
      const choices = { columns: statementColumns(kind), decimal: 'comma', dateOrder: 'dmy', ...terms } as const;
      const given = { path, kind, dryRun: false, nowMs: NOW_MS, timeZone: ISTANBUL, choices };
      const { statement, rejected, problems } = await writer.importStatement(given);
      if (statement === null || rejected > 0) throw new Error(`${rejected} rows rejected: ${JSON.stringify(problems)}`);
      return statement;
    },
    check: (all = false) => writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL, all }),
    /** Everything that is known of matches, for comparing. */
    matches(): string[] {
      return file
        .prepare<[], string>(
          `SELECT json_array('match', row_id, order_id, group_id, run_id, rule, state, by_person) FROM local.matches
           UNION ALL SELECT json_array('rejected', row_id, order_id) FROM local.match_rejections`,
        )
        .pluck()
        .all()
        .sort();
    },
    /** What was made of each row, told by what the row says and not by where it stands. */
    outcomes(): string[] {
      const text = 'json_array(r.order_key, r.invoice_key, r.batch_key, r.day, r.amount, r.currency)';
      return file
        .prepare<[], string>(
          `SELECT json_array(s.kind, ${text}, (SELECT json_group_array(json_array(m.order_id, m.state, m.rule,
               (SELECT count(*) FROM local.matches g WHERE g.group_id = m.group_id)) ORDER BY m.order_id)
             FROM local.matches m WHERE m.row_id = r.id))
           FROM local.statement_rows r JOIN local.statements s ON s.id = r.statement_id`,
        )
        .pluck()
        .all()
        .sort();
    },
    /** All findings as they are stored. */
    stored(): string[] {
      return file
        .prepare<[], string>(
          'SELECT json_array(check_code, subject, order_id, expected, actual, difference, facts) FROM main.findings',
        )
        .pluck()
        .all()
        .sort();
    },
    /** Rows of a statement by line. */
    states(statement: number): Map<number, MatchState> {
      return new Map(
        file
          .prepare<[number], [number, MatchState]>(
            `SELECT r.line, ifnull((SELECT min(m.state) FROM local.matches m WHERE m.row_id = r.id), 'unmatched')
             FROM local.statement_rows r WHERE r.statement_id = ? ORDER BY 1`,
          )
          .raw()
          .all(statement),
      );
    },
    /** Every finding as people read it. */
    findingRows: () =>
      reader().findingsAll({ filter: { period: { from: null, to: null }, checks: [], text: '' }, timeZone: ISTANBUL }),
    /** What differs by each finding about amounts of rows, in the words of {@link plantedIn}. */
    sides(): [string, { kind: string; side: string; currency: string; difference: string | null }[]][] {
      return file
        .prepare<[], [string, string]>(
          `SELECT check_code || ' order ' || order_id, facts -> '$.sides' FROM main.findings
           WHERE check_code IN ('erp.amount', 'erp.duplicate', 'statement.amount') ORDER BY 1`,
        )
        .raw()
        .all()
        .map(([finding, sides]) => [finding, JSON.parse(sides)]);
    },
    /** Findings of the checks that need statements, in the words of {@link plantedIn}. */
    findings(): string[] {
      return file
        .prepare<[], string>(
          `SELECT f.check_code || iif(f.row_id IS NULL, ' order ' || f.order_id, ' line ' || r.line)
           FROM main.findings f LEFT JOIN local.statement_rows r ON r.id = f.row_id
           WHERE f.check_code GLOB 'statement.*' OR f.check_code IN ('erp.sent-but-absent', 'erp.unflagged', 'erp.amount', 'erp.duplicate')`,
        )
        .pluck()
        .all()
        .sort();
    },
  };
}
