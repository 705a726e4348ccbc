import type { NewCancellation } from '../../src/shared/cancellations.ts';
import type { NewCorrection } from '../../src/shared/corrections.ts';

/** What a process to be killed proposes, one after the other. */
export type PushEntry =
  | { kind: 'correction'; orderId: number; correction: NewCorrection }
  | { kind: 'cancellation'; orderId: number; cancellation: NewCancellation };

/** Calls of the writer at which a process can be told to die: each is a step of a correction's way. */
export const PUSH_STEPS = [
  'addCorrection',
  'addCancellation',
  'submitEverything',
  'beginPushing',
  'pushChecking',
  'pushCompare',
  'pushVerifying',
  'pushVerify',
  'cancelStart',
  'cancelCheck',
  'cancelBegin',
  'cancelAnswered',
  'cancelVerify',
  'endPushing',
] as const;
export type PushStep = (typeof PUSH_STEPS)[number];

/** Where a process ends itself by SIGKILL: before or after the nth such call. */
export interface Death {
  step: PushStep;
  when: 'before' | 'after';
  nth: number;
}
