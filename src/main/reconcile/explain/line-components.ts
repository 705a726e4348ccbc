import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Micros } from '../../../shared/money.ts';
import type { Component, Label } from './components.ts';
import type { LineAmounts, LineGroup, OrderLines } from './read-lines.ts';
import { withParts } from './wholes.ts';

const keyOf = ({ id }: LineAmounts): string => `line:${id.toString().padStart(16, '0')}`;

/** What of a line may be a part of a difference, each on its own. */
export function amountsOfLine(line: LineAmounts): Component[] {
  const { id, sku, price, taxRate, discount, interest, quantity } = line;
  const key = keyOf(line);
  const found: Component[] = [];
  const add = (suffix: string, code: ExplanationCode, amount: Micros | null, label: Label): void => {
    if (amount === null || amount === 0n) return;
    const made: Component = { key: `${key}${suffix}`, code, amount, label, level: 'line' };
    found.push(code === 'line' && taxRate !== null ? { ...made, taxRate } : made);
  };
  const en = (): string => `line ${sku} (${id})`;
  const tr = (): string => `${sku} satırı (${id})`;
  add('', 'line', price, () => ({ en: en(), tr: tr() }));
  add(':discount', 'line-discount', discount, () => ({ en: `discount of ${en()}`, tr: `${tr()} indirimi` }));
  add(':interest', 'line-interest', interest, () => ({ en: `interest of ${en()}`, tr: `${tr()} vade farkı` }));
  if (quantity !== null && quantity !== 1n) {
    const units = quantity - 1n;
    const label = (): ReturnType<Label> => ({
      en: `${units} further units of ${en()}`,
      tr: `${tr()}: ${units} birim daha`,
    });
    add(':units', 'units', price * units, label);
  }
  return found;
}

/** Sets of lines that belong together: all of them, those cancelled, those refunded, and their tax at one rate. */
export function groupsOf({ lines, all, cancelled, refunded, taxRate }: OrderLines): Component[] {
  if (all.count < 2) return [];
  const group = (key: string, code: ExplanationCode, { count, sum }: LineGroup, label: Label): Component[] => {
    if (count < 2 || sum === null || sum === 0n) return [];
    const made: Component = { key, code, amount: sum, label, level: 'order' };
    const some = lines.filter(
      (line) => code === 'lines' || (code === 'cancelled-lines' ? line.cancelled : line.refunded),
    );
    // Where some lines are known by their sum alone, no search comes upon all of them one by one.
    return [
      some.length === count
        ? withParts(
            made,
            some.filter(({ price }) => price !== 0n).map((line) => ({ key: keyOf(line), amount: line.price })),
          )
        : made,
    ];
  };
  const together = group('lines', 'lines', all, () => ({ en: 'all lines', tr: 'tüm satırlar' }));
  return [
    ...together.map((each) => (taxRate === null ? each : { ...each, taxRate })),
    ...group('lines:cancelled', 'cancelled-lines', cancelled, () => ({
      en: `${cancelled.count} cancelled lines`,
      tr: `iptal edilen ${cancelled.count} satır`,
    })),
    ...group('lines:refunded', 'refunded-lines', refunded, () => ({
      en: `${refunded.count} refunded lines`,
      tr: `iade edilen ${refunded.count} satır`,
    })),
  ];
}
