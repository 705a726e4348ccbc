import type { ReaderService } from '../engine/services.ts';
import { counted } from './table.ts';

type DataState = ReturnType<ReaderService['dataState']>;

/** Every reason why orders may be missing from what a command shows, in one line; null when there is none. */
export function dataWarning({ lastSync, lastCompleteMs, unfinishedMs, quarantined }: DataState): string | null {
  const reasons: string[] = [];
  if (lastSync === null) reasons.push('no sync has ended yet');
  else if (!lastSync.complete) {
    const never = lastCompleteMs === null ? ', and none was complete before' : '';
    reasons.push(`the last sync (${time(lastSync.finishedAtMs)}) was incomplete${never}`);
  }
  if (unfinishedMs !== null) reasons.push(`a sync that began at ${time(unfinishedMs)} has not ended`);
  if (quarantined > 0) reasons.push(`${counted(quarantined, 'order')} could not be read`);
  return reasons.length === 0 ? null : `Warning: orders may be missing: ${reasons.join('; ')}. Run sync.`;
}

const time = (ms: number): string => new Date(ms).toISOString();
