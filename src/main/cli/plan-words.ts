import type { PlanStep, SyncPlan } from '../../shared/sync.ts';
import { counted } from './table.ts';

/** A plan in one sentence: its steps, and how many requests it is expected to take. */
export function planInWords({ steps, requests, resumes }: SyncPlan): string {
  const read = steps.map(stepInWords).join(', ');
  const goingOn = resumes ? ', going on with the interrupted pass' : '';
  // One page, as far as is known: before the first pass that means that nothing is.
  if (requests === 1 && steps[0]?.step === 'all') {
    return `This run reads ${read}${goingOn}; its first page tells how many requests that takes.`;
  }
  return `This run reads ${read}${goingOn}: about ${counted(requests, 'request')}.`;
}

function stepInWords(step: PlanStep): string {
  switch (step.step) {
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
    case 'oms':
      return 'OMS';
  }
}

function periodInWords({ from, to }: { from: string | null; to: string | null }): string {
  if (to === null) return `since ${from ?? 'ever'}`;
  return from === null ? `until ${to}` : `of ${from} to ${to}`;
}
