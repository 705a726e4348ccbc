import type { Decision, FindingKey } from '../../../shared/decisions.ts';
import { formatCount } from '../../../shared/format.ts';
import type { FindingStatus } from '../../../shared/queue.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { errorText } from '../../i18n/codes.ts';
import { useFindings } from '../../stores/findings-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';

/** What one key or button decides at once, without asking further. */
export const PLAIN_ACTIONS = {
  accept: 'accepted',
  ignore: 'ignored',
  progress: 'in_progress',
  reopen: 'open',
} as const;
export type PlainAction = keyof typeof PLAIN_ACTIONS;
/** What asks in a dialog first. */
export const ASKING_ACTIONS = ['explain', 'owner', 'note'] as const;
export type AskingAction = (typeof ASKING_ACTIONS)[number];

/** The keys of the findings grid. */
export const ACTION_KEYS: Readonly<Record<string, PlainAction | AskingAction>> = {
  e: 'explain',
  a: 'accept',
  i: 'ignore',
  p: 'progress',
  o: 'reopen',
  n: 'note',
  w: 'owner',
};

/** True for an action that asks in a dialog first. */
export function isAsking(action: PlainAction | AskingAction): action is AskingAction {
  return ASKING_ACTIONS.some((each) => each === action);
}

function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: formatCount(count, useSession.getState().settings.language) };
}

/** Tells why something could not be done. */
export function reportFailure(thrown: unknown): void {
  const { code } = asAppError(thrown);
  useToasts.getState().show({ topic: 'decided', tone: 'warning', text: (t) => errorText(t, code) });
}

/** Decides about these findings, or about those that are ticked (null), and offers to take it back. */
export async function decide(decision: Partial<Decision>, findings: readonly FindingKey[] | null): Promise<void> {
  try {
    const { entry, findings: count } = await useFindings.getState().decide(decision, findings);
    const said: FindingStatus | 'changed' = decision.status ?? 'changed';
    useToasts.getState().show({
      topic: 'decided',
      tone: 'success',
      text: (t) => t(`queue.decided.${said}`, counted(count)),
      undo: () => void undo(entry),
    });
  } catch (thrown) {
    reportFailure(thrown);
  }
}

/** Takes an entry back, or the newest that this window made (null). */
export async function undo(entry: number | null): Promise<void> {
  try {
    const count = await useFindings.getState().undo(entry);
    useToasts.getState().show({
      topic: 'decided',
      tone: count === null ? 'info' : 'success',
      text: (t) => (count === null ? t('queue.nothingToUndo') : t('queue.undone', counted(count))),
    });
  } catch (thrown) {
    reportFailure(thrown);
  }
}
