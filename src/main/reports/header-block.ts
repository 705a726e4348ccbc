import { formatDay } from '../../shared/format.ts';
import type { Period } from '../../shared/period.ts';
import { formulaText, tolerancesText } from '../../shared/rule-words.ts';
import type { Settings } from '../../shared/settings.ts';
import { CHECK_CODES } from '../reconcile/checks/catalogue.ts';
import type { Labels, Language } from './label-types.ts';
import { fill } from './labels.ts';
import type { LocalClock } from './local-clock.ts';
import type { ReportControl, ReportHeader, ReportSource } from './source.ts';

/** What every report says about itself, as label and text. */
export interface HeaderLine {
  label: string;
  text: string;
}

/** The words and the clock of one report. */
export interface ReportVoice {
  language: Language;
  labels: Labels;
  clock: LocalClock;
  /** For amounts in a workbook. */
  negativeStyle: Settings['negativeStyle'];
}

/** The header block, the same in CSV and XLSX. */
export function headerLines(source: ReportSource, voice: ReportVoice): HeaderLine[] {
  const { header, control } = source;
  const words = voice.labels.header;
  const currencies = Object.keys(control.totals).map((currency) => currency.toUpperCase());
  return [
    { label: words.company, text: header.company },
    { label: words.report, text: voice.labels.reportName },
    { label: words.connection, text: header.connection },
    { label: words.source, text: header.source },
    { label: words.period, text: periodText(header.period, voice) },
    { label: words.timeZone, text: header.timeZone },
    { label: words.currencies, text: currencies.join(', ') || voice.labels.sentences.noCurrency },
    { label: words.filter, text: header.filter || voice.labels.sentences.allOrders },
    { label: words.runAt, text: `${voice.clock.text(header.runAtMs, voice.language)} (${header.timeZone})` },
    { label: words.program, text: `Mutabakat ${header.programVersion}` },
    { label: words.rules, text: header.rulesVersion },
    { label: words.formula, text: formulaText(header.rules.formula, voice.language) },
    { label: words.quantityKey, text: header.rules.quantityKey },
    { label: words.tolerances, text: tolerancesText(header.rules.tolerances, voice.language) },
    { label: words.checkRun, text: checkRunText(header.checkRun, voice) },
    { label: words.lastSync, text: lastSyncText(header.lastSync, voice) },
    { label: words.lastComplete, text: timeOr(header.lastCompleteMs, voice.labels.sentences.neverSynced, voice) },
    { label: words.quarantined, text: String(header.quarantined) },
  ];
}

/** The period as `first day – last day`, or in words where a side is open. */
export function periodText(period: Period, voice: ReportVoice): string {
  const { openStart, openEnd } = voice.labels.sentences;
  const from = period.from === null ? openStart : formatDay(period.from, voice.language);
  const to = period.to === null ? openEnd : formatDay(period.to, voice.language);
  return `${from} – ${to}`;
}

function timeOr(ms: number | null, otherwise: string, voice: ReportVoice): string {
  return ms === null ? otherwise : voice.clock.text(ms, voice.language);
}

function checkRunText(run: ReportHeader['checkRun'], voice: ReportVoice): string {
  const { neverRun, checkRun } = voice.labels.sentences;
  if (run === null) return neverRun;
  return fill(checkRun, { time: voice.clock.text(run.nowMs, voice.language), hours: run.erpHours });
}

function lastSyncText(lastSync: ReportHeader['lastSync'], voice: ReportVoice): string {
  const { neverSynced, syncComplete, syncIncomplete, remoteCount } = voice.labels.sentences;
  if (lastSync === null) return neverSynced;
  const time = voice.clock.text(lastSync.finishedAtMs, voice.language);
  const state = fill(lastSync.complete ? syncComplete : syncIncomplete, { time });
  return lastSync.remoteCount === null ? state : `${state}; ${fill(remoteCount, { count: lastSync.remoteCount })}`;
}

/** The keys of the control block: first and last date, uniqueness of id and number. */
export function controlLines(source: ReportSource, voice: ReportVoice): HeaderLine[] {
  const { control } = source;
  const words = voice.labels.control;
  const date = (ms: number | null): string => timeOr(ms, '', voice);
  const numbers = control.distinctNumbers === control.orders ? words.unique : words.distinct;
  return [
    { label: words.firstDate, text: date(control.firstDateMs) },
    { label: words.lastDate, text: date(control.lastDateMs) },
    { label: words.orderIds, text: fill(words.unique, { count: control.orders }) },
    { label: words.orderNumbers, text: fill(numbers, { count: control.orders, distinct: control.distinctNumbers }) },
  ];
}

/** Every check in catalogue order, those that found nothing included: a reader must see that they ran. */
export function checkCounts(control: ReportControl): ReportControl['byCheck'] {
  return CHECK_CODES.map(
    (check) =>
      control.byCheck.find((entry) => entry.check === check) ?? {
        check,
        count: 0,
        differences: [],
        skipped: 0,
      },
  );
}

/** The legend of a format, in reading order. */
export function legendLines(labels: Labels, format: 'csv' | 'xlsx'): string[] {
  const { difference, assumed, refund, empty, dates } = labels.legend;
  const { decided, skipped, zero, filter, longAmount, input, csvText, csvKeys } = labels.legend;
  const common = [difference, assumed, refund, decided, skipped, empty, dates];
  return format === 'csv' ? [...common, csvText, csvKeys] : [...common, zero, filter, longAmount, input];
}
