import type { PlanStep, SyncPlan } from '../../shared/sync.ts';
import { counted } from './table.ts';

/** A plan in one sentence: its steps, how many requests it is expected to take, and the payments that may follow. */
export function planInWords({ steps, requests, resumes }: SyncPlan): string {
  const read = steps
    .filter(({ step }) => step !== 'payments')
    .map(stepInWords)
    .join(', ');
  const payments = steps.find(({ step }) => step === 'payments');
  const goingOn = resumes ? ', going on with the interrupted pass' : '';
  const then = payments === undefined ? '' : `; then ${stepInWords(payments)}, three requests each`;
  const probe = steps.find(({ step }) => step === 'probe')?.requests ?? 0;
  // One page, as far as is known: before the first pass that means that nothing is.
  if (requests - probe === 1 && steps.some(({ step }) => step === 'all')) {
    return `This run reads ${read}${goingOn}; its first page tells how many requests that takes${then}.`;
  }
  return `This run reads ${read}${goingOn}: about ${counted(requests, 'request')}${then}.`;
}

function stepInWords(step: PlanStep): string {
  switch (step.step) {
    case 'probe':
      return 'what the server honours';
    case 'all':
      return 'every order';
    case 'changes':
      return `what changed since ${step.since}`;
    case 'new':
      return 'new orders';
    case 'status':
      return `orders in status ${step.status}`;
    case 'unsent':
      return 'orders that are not sent';
    case 'cancellation':
      return `cancellations that are "${step.status}"`;
    case 'plans':
      return `orders whose cancellation plans changed since ${step.since}`;
    case 'rolling':
      return 'a slice of the others';
    case 'period':
      return `the orders ${periodInWords(step.period)}`;
    case 'payments':
      return step.of === 'changed'
        ? `payments of at most ${counted(step.orders, 'order')}`
        : `payments of the period's orders with findings, at present ${step.orders}`;
    case 'oms':
      return 'OMS';
  }
}

function periodInWords({ from, to }: { from: string | null; to: string | null }): string {
  if (to === null) return `since ${from ?? 'ever'}`;
  return from === null ? `until ${to}` : `of ${from} to ${to}`;
}
