import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Component } from './components.ts';
import type { Term } from './hits.ts';

/** Amounts of the order and what they may be the sum of; of several kinds of parts the first that adds up counts. */
const PARTS: Partial<Record<ExplanationCode, readonly ExplanationCode[]>> = {
  refund: ['refund-transaction'],
  discount: ['discount-item', 'line-discount'],
  interest: ['line-interest'],
};

/** Notes the parts of a whole, where they are above zero and add up to it: `parts` are then its keys. */
export function withParts(whole: Component, parts: readonly Pick<Component, 'key' | 'amount'>[]): Component {
  const sum = parts.reduce((total, { amount }) => total + amount, 0n);
  if (parts.length === 0 || sum !== whole.amount || parts.some(({ amount }) => amount < 0n)) return whole;
  return { ...whole, parts: parts.map(({ key }) => key) };
}

/** Notes the parts of the order's refund, discount and interest among the other components. */
export function withPartsOfOrder(components: readonly Component[]): Component[] {
  return components.map((component) =>
    (PARTS[component.code] ?? []).reduce(
      (whole, code) =>
        whole.parts === undefined
          ? withParts(
              whole,
              components.filter((part) => part.code === code),
            )
          : whole,
      component,
    ),
  );
}

/**
 * What terms say once every whole is told by its parts: "line 3 − all lines" and "− line 1 − line 2" are one statement
 * where the order has these three lines.
 */
export function toldByParts(terms: readonly Term[]): string {
  const counts = new Map<string, number>();
  for (const { sign, parts } of terms) {
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + sign);
  }
  const told = [...counts].filter(([, count]) => count !== 0).map(([part, count]) => `${count}${part}`);
  return told.sort().join(' ');
}
