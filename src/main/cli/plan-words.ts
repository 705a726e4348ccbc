import { knownRequests, type PlanStep, type SyncPlan } from '../../shared/sync.ts';
import { counted } from './table.ts';

/** A plan in one sentence: its steps, how many requests it is expected to take, and the payments that may follow. */
export function planInWords(plan: SyncPlan): string {
  const { steps, resumes } = plan;
  const read = steps
    .filter(({ step }) => step !== 'payments')
    .map(stepInWords)
    .join(', ');
  const payments = steps.find(({ step }) => step === 'payments');
  const goingOn = resumes ? ', going on with the interrupted pass' : '';
  const then = payments === undefined ? '' : `; then ${stepInWords(payments)}, three requests each`;
  return `This run reads ${read}${goingOn}${requestsInWords(plan)}${then}.`;
}

function requestsInWords(plan: SyncPlan): string {
  const about = `: about ${counted(knownRequests(plan), 'request')}`;
  const unknown = plan.steps.filter(({ requests }) => requests === null).map(({ step }) => step);
  if (unknown.includes('all')) {
    const tells = unknown.length === 1 ? 'its first page tells' : 'the first page of each list tells';
    return `; ${tells} how many requests that takes`;
  }
  return unknown.length === 0 ? about : `${about}, and those to OMS, whose first pages tell how many`;
}

function stepInWords(step: PlanStep): string {
  switch (step.step) {
    case 'probe':
      return 'what the server honours';
    case 'all':
      return step.because === undefined ? 'every order' : 'every order, since quantities are read by another key now';
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
