import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { oneOf } from '../arguments.ts';
import { type Command, openForFindings, periodOf } from '../context.ts';
import { counted } from '../table.ts';
import { inOrder, totalsTable } from './reconcile.ts';

/** What is said of a file that another program kept from being recorded. */
export const NOT_AUDITED =
  'The audit trail does not have this export: the connection is in use by another window or command.';

/** `report`: writes the reconciliation report of the period. */
export const report: Command = async (context) => {
  const { args, settings, clock, signal, tell } = context;
  const kind = oneOf(args, 'kind', ['reconciliation']) ?? 'reconciliation';
  const format = oneOf(args, 'format', ['xlsx', 'csv']) ?? 'xlsx';
  const out = args.value('out') ?? '';
  if (out === '') throw new AppError('USAGE', 'The option --out needs the name of a file.');
  const period = periodOf(context);
  const connection = await openForFindings(context);
  const result = await connection.report(
    { kind, format, period, language: settings.language },
    { path: resolve(out), nowMs: clock.now(), signal, onProgress: (rows, total) => tell(`${rows} of ${total} rows`) },
  );
  const totals = inOrder(result.totals);
  return {
    json: { ...result, totals },
    text: [
      `Wrote ${counted(result.rows, 'row')} to ${result.path}`,
      '',
      ...totalsTable(totals),
      '',
      `SHA-256 ${result.sha256}`,
      ...(result.audited === false ? [NOT_AUDITED] : []),
    ].join('\n'),
    needsPerson: false,
  };
};
