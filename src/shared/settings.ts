import { z } from 'zod';
import { isTimeZone } from './period.ts';

/** The shortest interval is that of Akinon's own connectors (contract, section 17), the longest a day. */
const SHORTEST_INTERVAL = 5;
const LONGEST_INTERVAL = 1440;

/** True for a number of minutes between two runs, and for 0, which is none. */
export function isSyncInterval(minutes: number): boolean {
  return minutes === 0 || (minutes >= SHORTEST_INTERVAL && minutes <= LONGEST_INTERVAL);
}

/** Settings of this workstation. Never tokens, names, orders or search text. */
export const settingsSchema = z.strictObject({
  language: z.enum(['en', 'tr']),
  theme: z.enum(['system', 'light', 'dark']),
  /** IANA time zone in which business days and periods are cut; printed on every report. */
  timeZone: z.string().refine(isTimeZone, 'unknown time zone'),
  /** How negative amounts are shown: `-1.234,56` or `(1.234,56)`. */
  negativeStyle: z.enum(['minus', 'parentheses']),
  /** Hours after `date_placed` before an order that is not in the ERP becomes a finding. */
  erpHours: z.number().int().min(0).max(8760),
  /** Printed as the company in report headers; empty until the accountant sets it. */
  company: z.string().max(120),
  /** Minutes between two runs that begin by themselves; 0 = none do. */
  syncIntervalMinutes: z.number().int().refine(isSyncInterval, 'an interval of 5 to 1440 minutes, or 0'),
  /** Whether a run begins once the program has opened its connection. */
  syncAtStart: z.boolean(),
  /** The connection opened last, by its folder name; empty at first. */
  lastConnection: z.string().max(64),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a fresh installation. */
export const DEFAULT_SETTINGS: Settings = {
  language: 'en',
  theme: 'system',
  timeZone: 'Europe/Istanbul',
  negativeStyle: 'minus',
  erpHours: 24,
  company: '',
  syncIntervalMinutes: 0,
  syncAtStart: false,
  lastConnection: '',
};
