import { type Period, periodBounds } from '../../shared/period.ts';
import type { ReportRequest } from '../../shared/reports.ts';
import { LocalClock } from './local-clock.ts';

/** Characters that a file name may not hold on Windows, macOS or Linux, and blanks, which make names hard to pass on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a file name
const UNSAFE = /[\u0000-\u001f\u007f<>:"/\\|?*\s]+/g;
/** Room for the connection in the name, in UTF-16 units: the whole stays far below the 255 bytes of common file systems. */
const CONNECTION_ROOM = 60;

/** What the default name of a report is made of. */
export interface ReportNameParts {
  connection: string;
  period: Period;
  format: ReportRequest['format'];
  /** The business time zone, in which the time in the name is written. */
  timeZone: string;
  nowMs: number;
}

function safe(text: string): string {
  const cleaned = text
    .toWellFormed()
    .replace(UNSAFE, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return cleaned.slice(0, CONNECTION_ROOM).toWellFormed();
}

/**
 * The name a save dialog suggests: `Mutabakat_<connection>_<from>_<to>_<yyyymmdd-hhmm>.<format>`. An open side of the
 * period is `all`. Only characters that every file system takes.
 * @throws AppError VALUE_INVALID for a period that is not one.
 */
export function defaultReportName(parts: ReportNameParts): string {
  periodBounds(parts.period, parts.timeZone);
  const [day = '', time = ''] = new LocalClock(parts.timeZone).text(parts.nowMs, 'en').split(' ');
  const stamp = `${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`;
  const from = parts.period.from ?? 'all';
  const to = parts.period.to ?? 'all';
  return `Mutabakat_${safe(parts.connection) || 'report'}_${from}_${to}_${stamp}.${parts.format}`;
}
