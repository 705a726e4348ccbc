import { resolve } from 'node:path';
import { BATCH_STATES, type BatchRow, type BatchState } from '../../../shared/batches.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Connection } from '../../connections/connection.ts';
import { allRows } from '../all-rows.ts';
import { oneOf } from '../arguments.ts';
import { type CliContext, type Command, type Outcome, openConnection } from '../context.ts';
import { shownValue } from '../shown-value.ts';
import { counted, table } from '../table.ts';

/** Batches for people, one line each. */
function batchTable(batches: readonly BatchRow[]): string[] {
  const columns = [
    { heading: 'Batch' },
    { heading: 'State' },
    { heading: 'Maker' },
    { heading: 'Approver' },
    { heading: 'Corrections', right: true },
    { heading: 'One-way', right: true },
    { heading: 'Orders concerned' },
    { heading: 'Reason' },
  ];
  const cells = batches.map(({ number, state, maker, approver, count, oneWay, totals, reason }) => [
    number,
    state,
    maker,
    approver,
    `${count}`,
    `${oneWay}`,
    totals.map(({ currency, orders, amount }) => `${orders}: ${amount} ${currency.toUpperCase()}`).join(', ') || null,
    reason || null,
  ]);
  return table(columns, cells);
}

/** Every batch in one of these states, newest first; no states mean every state. */
function allBatches(reader: Connection['reader'], states: BatchState[] = []): Promise<BatchRow[]> {
  return allRows((window) => reader.batchesList({ states, ...window }));
}

/** The id of the batch that `--batch NUMBER` names. @throws AppError BATCH_UNKNOWN */
function batchNamed({ args }: CliContext, { reader }: Connection): Promise<number> {
  return reader.batchOfNumber({ number: args.value('batch') ?? '' });
}

function outcome(batch: BatchRow): Outcome {
  return { json: { batch }, text: batchTable([batch]).join('\n'), needsPerson: false };
}

/** `corrections batches`: lists batches, newest first. */
export const correctionsBatches: Command = async (context) => {
  const state = oneOf(context.args, 'state', BATCH_STATES);
  const { reader } = await openConnection(context, 'read');
  const batches = await allBatches(reader, state === undefined ? [] : [state]);
  const lines = batches.length > 0 ? ['', ...batchTable(batches)] : [];
  const words = batches.length === 1 ? '1 batch.' : `${batches.length} batches.`;
  return { json: { batches }, text: [words, ...lines].join('\n'), needsPerson: false };
};

/** The one draft that holds something. @throws AppError VALUE_INVALID where there is none, USAGE where there are several */
async function onlyDraft({ reader }: Connection): Promise<number> {
  const drafts = (await allBatches(reader, ['draft'])).filter(({ count }) => count > 0);
  const [draft, other] = drafts;
  if (draft === undefined) throw new AppError('VALUE_INVALID', 'Nothing is queued. Queue a correction first.');
  if (other !== undefined) {
    throw new AppError('USAGE', `Name the batch with --batch: ${drafts.map(({ number }) => number).join(', ')}.`);
  }
  return draft.id;
}

/** `corrections submit`: submits a draft; where nobody else approves, it is approved by that. */
export const correctionsSubmit: Command = async (context) => {
  const { args, clock } = context;
  const connection = await openConnection(context, 'write');
  const id = args.has('batch') ? await batchNamed(context, connection) : await onlyDraft(connection);
  const reason = args.value('reason') ?? '';
  return outcome(await connection.writer.submitBatch({ id, reason, nowMs: clock.now() }));
};

/** `corrections approve`: a batch, every one that waits, or a batch file from another workstation. */
export const correctionsApprove: Command = async (context) => {
  const { args, clock } = context;
  const named = (['batch', 'all', 'file'] as const).filter((name) => args.has(name));
  const [onlyLooks, isFile] = [args.has('dry-run'), args.has('file')];
  if (named.length !== 1 || (isFile && !onlyLooks) !== args.has('out') || (onlyLooks && !isFile)) {
    throw new AppError(
      'USAGE',
      'Name what to approve: --batch NUMBER, --all, or --file FILE with --out FILE; --file FILE --dry-run only shows it.',
      { details: { command: args.command } },
    );
  }
  if (onlyLooks) return showFile(context, await openConnection(context, 'read'));
  const connection = await openConnection(context, 'write');
  if (args.has('file')) return approveFile(context, connection);
  const ids = args.has('all')
    ? (await allBatches(connection.reader, ['for_approval'])).map(({ id }) => id).reverse()
    : [await batchNamed(context, connection)];
  const batches = ids.length === 0 ? [] : await connection.writer.approveBatches({ ids, nowMs: clock.now() });
  const text = batches.length === 0 ? 'No batch waits for approval.' : batchTable(batches).join('\n');
  return { json: { batches }, text, needsPerson: false };
};

/** What a batch file holds, line by line, before anybody signs for it. */
async function showFile({ args }: CliContext, { approvals }: Connection): Promise<Outcome> {
  const { opened } = await approvals.openBatchFile(resolve(args.value('file') ?? ''));
  const { path: _, ...shown } = opened;
  const columns = [{ heading: 'Order' }, { heading: 'Line' }, { heading: 'Changes' }];
  const cells = opened.lines.map(({ order, lineId, fields }) => [
    order,
    lineId === null ? null : `${lineId}`,
    fields.map(({ field, base, target }) => `${field}: ${shownValue(base)} → ${shownValue(target)}`).join(', '),
  ]);
  const words = `Batch ${opened.number} of ${opened.maker} (${opened.fingerprint}): ${opened.reason}`;
  return {
    json: { batch: shown },
    text: [words, '', ...table(columns, cells)].join('\n'),
    needsPerson: !opened.makerKnown,
  };
}

async function approveFile({ args }: CliContext, { approvals }: Connection): Promise<Outcome> {
  const { opened, text } = await approvals.openBatchFile(resolve(args.value('file') ?? ''));
  const { path } = await approvals.approveBatchFile({ text, path: resolve(args.value('out') ?? '') });
  const { number, maker, fingerprint, makerKnown } = opened;
  const known = makerKnown ? 'known here' : 'not known here: compare its fingerprint with the maker';
  return {
    json: { path, batch: number, maker, fingerprint, makerKnown },
    text: [
      `Batch ${number} of ${maker}, ${counted(opened.lines.length, 'correction')}, is approved in ${path}`,
      `The maker's key ${fingerprint} is ${known}.`,
    ].join('\n'),
    needsPerson: !makerKnown,
  };
}

/** `corrections send-back`: a batch becomes its maker's draft again. */
export const correctionsSendBack: Command = async (context) => {
  const { args, clock } = context;
  const connection = await openConnection(context, 'write');
  const id = await batchNamed(context, connection);
  const reason = args.value('reason') ?? '';
  return outcome(await connection.writer.sendBackBatch({ id, reason, nowMs: clock.now() }));
};

/** `corrections export`: saves a submitted batch as a signed file. */
export const correctionsExport: Command = async (context) => {
  const connection = await openConnection(context, 'write');
  const id = await batchNamed(context, connection);
  const { path } = await connection.approvals.exportBatch({ id, path: resolve(context.args.value('out') ?? '') });
  const { number } = await connection.reader.batch({ id });
  return {
    json: { path, batch: number },
    text: `Batch ${number} is in ${path}, signed. Approve it at the other workstation with: corrections approve --file FILE --out FILE`,
    needsPerson: false,
  };
};

/** `corrections import-approval FILE`: takes over an approval that was signed at another workstation. */
export const correctionsImportApproval: Command = async (context) => {
  const { approvals } = await openConnection(context, 'write');
  return outcome(await approvals.importApproval(resolve(context.args.operand ?? '')));
};
