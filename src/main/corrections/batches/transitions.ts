import type { BatchState } from '../../../shared/batches.ts';
import { AppError } from '../../../shared/errors.ts';
import { numberOf, type RawBatch } from './batch-store.ts';

/** What can be done with a batch, and the states that it must be in for that. Nothing else changes its state. */
const TRANSITIONS = {
  submit: { from: ['draft'], done: 'submitted' },
  export: { from: ['for_approval'], done: 'exported' },
  approve: { from: ['for_approval'], done: 'approved' },
  'send-back': { from: ['for_approval', 'approved'], done: 'sent back' },
  push: { from: ['approved', 'pushing'], done: 'pushed' },
  finish: { from: ['pushing'], done: 'finished' },
} as const satisfies Record<string, { from: readonly BatchState[]; done: string }>;
type Transition = keyof typeof TRANSITIONS;

/** @throws AppError BATCH_STATE when the batch is not in a state from which this can be done */
export function requireState(batch: RawBatch, transition: Transition): void {
  const { from, done }: { from: readonly BatchState[]; done: string } = TRANSITIONS[transition];
  if (from.includes(batch.state)) return;
  throw batchState(batch, `is ${words(batch.state)}; only one that is ${from.map(words).join(' or ')} can be ${done}.`);
}

/** A refusal because of how a batch stands: its number, then `says`. */
export function batchState(batch: RawBatch, says: string): AppError {
  return new AppError('BATCH_STATE', `Batch ${numberOf(batch)} ${says}`, {
    details: { batch: numberOf(batch), state: batch.state },
  });
}

function words(state: BatchState): string {
  return state.replaceAll('_', ' ');
}
