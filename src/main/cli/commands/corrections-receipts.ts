import type { ReceiptStep } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Command, openConnection } from '../context.ts';
import { shownValue } from '../shown-value.ts';
import { counted, table } from '../table.ts';
import { parseIds } from './corrections-withdraw.ts';

const COLUMNS = [{ heading: 'At' }, { heading: 'Step' }, { heading: 'HTTP' }, { heading: 'Fields' }];

function cellsOf({ at, step, httpStatus, reading, sent }: ReceiptStep): (string | null)[] {
  const fields = Object.entries(sent ?? reading ?? {}).map(([field, value]) => `${field}: ${shownValue(value)}`);
  return [at, step, httpStatus === null ? 'no answer' : `${httpStatus}`, fields.join('; ')];
}

/** `corrections receipts`: what was asked and sent for a correction, when, and what came back. */
export const correctionsReceipts: Command = async (context) => {
  const [id, ...others] = parseIds(context.args.values('id'));
  if (id === undefined || others.length > 0) throw new AppError('USAGE', 'Name one correction: --id ID.');
  const { reader } = await openConnection(context, 'read');
  const receipts = await reader.receipts({ id });
  const lines = receipts.length > 0 ? ['', ...table(COLUMNS, receipts.map(cellsOf))] : [];
  return {
    json: { correction: id, receipts },
    text: [`Correction ${id}: ${counted(receipts.length, 'step')}.`, ...lines].join('\n'),
    needsPerson: false,
  };
};
