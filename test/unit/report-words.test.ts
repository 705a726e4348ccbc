import { describe, expect, it } from 'vitest';
import { findingColumns, ORDER_COLUMNS } from '../../src/main/reports/columns.ts';
import { fill, labelsFor, statusText } from '../../src/main/reports/labels.ts';

function leaves(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const at = `${path}/${key}`;
    return typeof value === 'string' ? [[at, value]] : leaves(value as object, at);
  });
}

const en = leaves(labelsFor('en'));
const tr = leaves(labelsFor('tr'));
const places = (text: string): string[] => [...text.matchAll(/\{\w+\}|&[PN]/g)].map(([place]) => place).sort();

describe('the words of a report', () => {
  it('are the same keys in both languages, none of them empty', () => {
    expect(tr.map(([key]) => key)).toEqual(en.map(([key]) => key));
    for (const [key, text] of [...en, ...tr]) expect(text.trim(), key).not.toBe('');
  });

  it('have the same places for values in both languages', () => {
    const turkish = new Map(tr);
    for (const [key, text] of en) expect(places(turkish.get(key) ?? ''), key).toEqual(places(text));
  });

  it('give every column a heading of its own', () => {
    for (const language of ['en', 'tr'] as const) {
      const { columns } = labelsFor(language);
      for (const table of [ORDER_COLUMNS, findingColumns(language)]) {
        const headings = table.map(({ id }) => columns[id]);
        expect(new Set(headings).size).toBe(headings.length);
      }
    }
  });

  it('fill in values and keep unknown places', () => {
    expect(fill('{a} of {b} {c}', { a: 1, b: 'x' })).toBe('1 of x {c}');
  });

  it('show a status by name and code, an unknown one as it came', () => {
    expect(statusText('550', labelsFor('en'))).toBe('Delivered (550)');
    expect(statusText('550', labelsFor('tr'))).toBe('Teslim edildi (550)');
    for (const unknown of ['999', 'constructor', 'toString', '__proto__']) {
      expect(statusText(unknown, labelsFor('tr'))).toBe(unknown);
    }
  });
});
