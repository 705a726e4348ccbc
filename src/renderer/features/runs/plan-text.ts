import type { TFunction } from 'i18next';
import { knownRequests, type PlanStep, type SyncPlan } from '../../../shared/sync.ts';
import { statusText } from '../../i18n/codes.ts';
import type { Format } from '../../ui/use-format.ts';

const LISTS = { en: new Intl.ListFormat('en-GB'), tr: new Intl.ListFormat('tr') } as const;

/** Words of a plan in one language. */
export interface PlanWords {
  t: TFunction;
  format: Format;
  language: 'en' | 'tr';
}

/** One step in words; the plan's list puts several of the same kind together. */
function stepText(step: PlanStep, { t, format }: PlanWords): string {
  switch (step.step) {
    case 'all':
      return t(step.because === undefined ? 'plan.all' : 'plan.allByKey');
    case 'status':
      return t('plan.status', { status: statusText(t, step.status) });
    case 'changes':
    case 'plans':
      return t(`plan.${step.step}`, { when: format.moment(step.since) });
    case 'rolling':
      return t('plan.rolling', format.counted(step.requests));
    case 'period':
      return t('plan.period', { period: format.period(step.period) });
    case 'payments':
      return step.of === 'changed'
        ? t('plan.payments', format.counted(step.orders))
        : t('plan.paymentsOfPeriod', { formatted: format.count(step.orders) });
    default:
      return t(`plan.${step.step}`);
  }
}

/**
 * What a plan reads, as parts of a list: the states of open orders are one part, and so are those of cancellations. Payments,
 * which do not count among its requests, are told by themselves. Null = nobody knows yet how many requests a part takes.
 */
export function planParts(plan: SyncPlan, words: PlanWords): { text: string; requests: number | null }[] {
  const parts: { text: string; requests: number | null }[] = [];
  for (const step of plan.steps) {
    if (step.step === 'payments') continue;
    const alike = plan.steps.filter((other) => other.step === step.step);
    if (alike[0] !== step) continue;
    const text =
      step.step === 'status' && alike.length > 1
        ? words.t('plan.statuses', words.format.counted(alike.length))
        : stepText(step, words);
    const isKnown = alike.every(({ requests }) => requests !== null);
    parts.push({ text, requests: isKnown ? knownRequests({ steps: alike }) : null });
  }
  return parts;
}

/** The payments that may follow, with the requests that they take at most; null = none do. */
export function planPayments(plan: SyncPlan, words: PlanWords): { text: string; requests: number } | null {
  const step = plan.steps.find((each) => each.step === 'payments');
  return step === undefined ? null : { text: stepText(step, words), requests: step.requests };
}

/** What a plan reads, as one list: "new orders, orders not sent to the ERP and 3 pages of the others". */
function planList(plan: SyncPlan, words: PlanWords): string {
  return LISTS[words.language].format(planParts(plan, words).map(({ text }) => text));
}

/** What a plan reads, to stand by itself: in a list of runs. */
export function planTitle(plan: SyncPlan, words: PlanWords): string {
  if (plan.resumes) return words.t('plan.resumed');
  const list = planList(plan, words);
  return list.slice(0, 1).toLocaleUpperCase(words.language) + list.slice(1);
}

/**
 * The whole plan in a sentence, with the number of requests, and the payments that may follow. Where nothing is held yet, `sizeKnown` is false: how many
 * requests everything takes shows with the first answer. Where only OMS was not read yet, those that are known are told.
 */
export function planSentence(plan: SyncPlan, words: PlanWords, sizeKnown: boolean): string {
  const listed = listedSentence(plan, words, sizeKnown);
  const payments = planPayments(plan, words)?.text;
  return payments === undefined ? listed : words.t('plan.withPayments', { plan: listed, payments });
}

function listedSentence(plan: SyncPlan, words: PlanWords, sizeKnown: boolean): string {
  const isOpen = !sizeKnown || plan.steps.some(({ step, requests }) => step === 'all' && requests === null);
  if (isOpen && !plan.resumes) return words.t('plan.readingOpen', { what: planList(plan, words) });
  const counted = words.format.counted(knownRequests(plan));
  const requests = words.t(plan.requests === null ? 'plan.requestsAtLeast' : 'plan.requests', counted);
  if (plan.resumes) return words.t('plan.resumes', { requests });
  return words.t('plan.reading', { what: planList(plan, words), requests });
}
