import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WriterService } from '../../src/main/engine/services.ts';
import {
  SANDBOX_TERMS,
  type SandboxStatement,
  statementColumns,
  statementText,
} from '../../src/main/sandbox/statements.ts';
import { type Exact, measureExactness } from './reconcile-exact.ts';

/** Files that are in one store together: a bank pays out what the gateway lists. */
const TOGETHER = [['gateway', 'bank'], ['marketplace']] as const satisfies SandboxStatement[][];

/** What was found of the files of a gateway with its bank, and of a marketplace. */
export type OtherKinds = { kinds: string; exact: Exact }[];

/**
 * Puts files of the other kinds in the place of the ERP's, matches and checks them and holds the result against what the
 * generators list. Nothing of it is timed.
 */
export async function measureOtherKinds(
  writer: WriterService,
  store: { folder: string; files: string; seed: number; orders: number; erp: number; nowMs: number; timeZone: string },
): Promise<OtherKinds> {
  const { folder, files, seed, orders, nowMs, timeZone } = store;
  let inForce = [store.erp];
  const found: OtherKinds = [];
  for (const kinds of TOGETHER) {
    for (const statement of inForce) writer.withdrawStatement({ statement, reason: 'next kind', nowMs });
    inForce = [];
    for (const kind of kinds) {
      const path = join(files, `${kind}.csv`);
      await pipeline(Readable.from(statementText({ kind, seed, orders })), createWriteStream(path));
      const terms = kind in SANDBOX_TERMS ? SANDBOX_TERMS[kind as keyof typeof SANDBOX_TERMS] : {};
      const choices = { columns: statementColumns(kind), decimal: 'comma', dateOrder: 'dmy', ...terms } as const;
      const { statement } = await writer.importStatement({ path, kind, choices, dryRun: false, timeZone, nowMs });
      if (statement !== null) inForce.push(statement);
    }
    writer.matchRun({ nowMs });
    writer.runChecks({ nowMs, erpHours: 24, timeZone, all: true });
    found.push({ kinds: kinds.join(' and '), exact: measureExactness(folder, { seed, orders, kinds }) });
  }
  return found;
}
