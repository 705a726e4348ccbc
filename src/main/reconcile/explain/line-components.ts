import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Micros } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import type { Component, Label } from './components.ts';
import type { LineAmounts, LineGroup, OrderLines } from './read-lines.ts';
import { withParts } from './wholes.ts';

const keyOf = ({ id }: LineAmounts): string => `line:${id.toString().padStart(16, '0')}`;

/**
 * What of each line may be a part of a difference on its own. Of an order with more lines than are looked at one by one
 * that is the prices alone.
 */
export function amountsOfLines({ lines, all }: OrderLines): Component[] {
  return all.count > lines.length ? lines.flatMap(priceOf) : lines.flatMap(amountsOf);
}

const nameOf = ({ id, sku }: LineAmounts): Bilingual => ({ en: `line ${sku} (${id})`, tr: `${sku} satırı (${id})` });

function priceOf(line: LineAmounts): Component[] {
  const { price, taxRate } = line;
  if (price === 0n) return [];
  const label = (): Bilingual => nameOf(line);
  const made: Component = { key: keyOf(line), code: 'line', amount: price, label, level: 'line' };
  return [taxRate === null ? made : { ...made, taxRate }];
}

function amountsOf(line: LineAmounts): Component[] {
  const { price, discount, interest, quantity } = line;
  const [key, found] = [keyOf(line), priceOf(line)];
  const add = (suffix: string, code: ExplanationCode, amount: Micros | null, label: Label): void => {
    if (amount === null || amount === 0n) return;
    found.push({ key: `${key}:${suffix}`, code, amount, label, level: 'line' });
  };
  const [en, tr] = [() => nameOf(line).en, () => nameOf(line).tr];
  add('discount', 'line-discount', discount, () => ({ en: `discount of ${en()}`, tr: `${tr()} indirimi` }));
  add('interest', 'line-interest', interest, () => ({ en: `interest of ${en()}`, tr: `${tr()} vade farkı` }));
  const units = quantity === null ? 0n : quantity - 1n;
  add('units', 'units', price * units, () => ({
    en: `${units} further units of ${en()}`,
    tr: `${tr()}: ${units} birim daha`,
  }));
  return found;
}

/** Some lines as one amount, with what they are called and which they are. */
interface Group extends LineGroup {
  key: string;
  code: ExplanationCode;
  members: readonly LineAmounts[];
  label: Label;
}

/** Sets of lines that belong together: all of them, those cancelled, those refunded, and their tax at one rate. */
export function groupsOf({ lines, all, cancelled, refunded, taxRate }: OrderLines): Component[] {
  const together = groupOf({
    ...all,
    key: 'lines',
    code: 'lines',
    members: lines,
    label: () => ({ en: 'all lines', tr: 'tüm satırlar' }),
  });
  return [
    ...together.map((each) => (taxRate === null ? each : { ...each, taxRate })),
    ...groupOf({
      ...cancelled,
      key: 'lines:cancelled',
      code: 'cancelled-lines',
      members: lines.filter((line) => line.cancelled),
      label: () => ({ en: `${cancelled.count} cancelled lines`, tr: `iptal edilen ${cancelled.count} satır` }),
    }),
    ...groupOf({
      ...refunded,
      key: 'lines:refunded',
      code: 'refunded-lines',
      members: lines.filter((line) => line.refunded),
      label: () => ({ en: `${refunded.count} refunded lines`, tr: `iade edilen ${refunded.count} satır` }),
    }),
  ];
}

/** A single line is no group. Where one is known by the sum alone, no search comes upon all of them one by one. */
function groupOf({ key, code, count, sum, members, label }: Group): Component[] {
  if (count < 2 || sum === null || sum === 0n) return [];
  const group: Component = { key, code, amount: sum, label, level: 'order' };
  if (members.length < count) return [group];
  const priced = members.filter(({ price }) => price !== 0n);
  return [
    withParts(
      group,
      priced.map((line) => ({ key: keyOf(line), amount: line.price })),
    ),
  ];
}
