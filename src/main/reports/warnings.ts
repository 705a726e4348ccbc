import { periodBounds } from '../../shared/period.ts';
import type { ReportVoice } from './header-block.ts';
import { fill } from './labels.ts';
import type { ReportSource } from './source.ts';

/**
 * Every reason why orders or findings may be missing from the report, or be more than Omnitron has, as a sentence; none
 * when there is no such reason. They stand above everything else, so that nobody can overlook them.
 */
export function warnings({ header }: ReportSource, voice: ReportVoice): string[] {
  const words = voice.labels.warnings;
  const time = (ms: number): string => voice.clock.text(ms, voice.language);
  const { lastSync, lastCompleteMs, unfinishedMs, quarantined, vanished } = header;
  const found: string[] = [];
  if (lastSync === null) found.push(words.neverSynced);
  else if (!lastSync.complete) found.push(fill(words.incomplete, { time: time(lastSync.finishedAtMs) }));
  if (lastSync !== null && unfinishedMs !== null) found.push(fill(words.unfinished, { time: time(unfinishedMs) }));
  if (quarantined > 0) found.push(fill(words.quarantined, { count: quarantined }));
  if (vanished > 0) found.push(fill(words.vanished, { count: vanished }));
  const { toMs } = periodBounds(header.period, header.timeZone);
  if (toMs !== null && lastCompleteMs !== null && lastCompleteMs < toMs) {
    found.push(fill(words.notCovered, { time: time(lastCompleteMs) }));
  }
  if (lastSync !== null && header.otherQuantityKey) found.push(fill(words.otherKey, { key: header.rules.quantityKey }));
  if (header.checkRun === null) found.push(words.neverChecked);
  return found;
}
