import { z } from 'zod';
import { isBusinessDay } from './period.ts';

/** A decimal amount as text, at most six decimals. */
export const amountText = z.string().regex(/^-?\d+(\.\d{1,6})?$/);
/** Omnitron's `id`/`pk`. */
export const omnitronId = z.number().int().positive();
/** A lower-case currency code, as Omnitron writes it. */
export const currencyCode = z.string().min(1).max(16);
/** A business day, `YYYY-MM-DD`. */
export const businessDayText = z.string().refine(isBusinessDay, 'not a day');
/** An instant as ISO 8601 text. */
export const instantText = z.string().max(40);

export const periodSchema = z.strictObject({
  from: businessDayText.nullable(),
  to: businessDayText.nullable(),
});

/** Both languages of one sentence. */
export const bilingual = z.strictObject({ en: z.string(), tr: z.string() });
export type Bilingual = z.infer<typeof bilingual>;
