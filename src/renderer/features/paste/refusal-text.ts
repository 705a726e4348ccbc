import type { TFunction } from 'i18next';
import { isProposalRefusal, type ProposalRefusal, REFUSAL_TEXTS } from '../../../shared/labels/refusals.ts';
import { useSession } from '../../stores/session-store.ts';

/** Why something cannot be proposed, in the person's language; the batch is named where one is the reason. */
export function refusalText(t: TFunction, reason: ProposalRefusal, batch: string | null): string {
  const { language } = useSession.getState().settings;
  const text = REFUSAL_TEXTS[reason][language];
  return batch === null ? text : `${text} ${t('paste.byBatch', { batch })}`;
}

/** The reason and the batch that an error's details name; null = it is another error. */
export function refusalOf(
  details: Record<string, unknown> | undefined,
): { refused: ProposalRefusal; batch: string | null } | null {
  if (!isProposalRefusal(details?.reason)) return null;
  return { refused: details.reason, batch: typeof details.batch === 'string' ? details.batch : null };
}
