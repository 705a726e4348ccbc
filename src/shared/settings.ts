import { z } from 'zod';
import { isTimeZone } from './period.ts';

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
  lastConnection: '',
};
