import type { ReaderService } from '../engine/services.ts';
import { counted } from './table.ts';

type DataState = ReturnType<ReaderService['dataState']>;

/**
 * Every reason why orders may be missing from what a command shows, or be more than Omnitron has, in one line; null when
 * there is none.
 */
export function dataWarning(state: DataState): string | null {
  const { quarantined, vanished } = state;
  const missing = missingReasons(state);
  const remedies = missing.length === 0 ? [] : ['Run sync.'];
  if (quarantined > 0) {
    missing.push(`${counted(quarantined, 'order')} could not be read`);
    remedies.push('See what could not be read: quarantine list.');
  }
  const sentences = missing.length === 0 ? [] : [`orders may be missing: ${missing.join('; ')}.`, ...remedies];
  if (vanished > 0) sentences.push(`Orders that no longer occur at Omnitron are included: ${vanished}.`);
  return sentences.length === 0 ? null : `Warning: ${sentences.join(' ')}`;
}

/** Reasons that the next sync may mend. */
function missingReasons({ lastSync, lastCompleteMs, unfinishedMs }: DataState): string[] {
  const reasons: string[] = [];
  if (lastSync === null) reasons.push('no sync has ended yet');
  else if (!lastSync.complete) {
    const never = lastCompleteMs === null ? ', and none was complete before' : '';
    reasons.push(`the last sync (${time(lastSync.finishedAtMs)}) was incomplete${never}`);
  }
  if (unfinishedMs !== null) reasons.push(`a sync that began at ${time(unfinishedMs)} has not ended`);
  return reasons;
}

const time = (ms: number): string => new Date(ms).toISOString();
