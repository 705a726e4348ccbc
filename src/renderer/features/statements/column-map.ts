import type { StatementField, StatementPreview, StatementSpec } from '../../../shared/statements.ts';

type Layout = Pick<StatementPreview, 'headings' | 'sample'>;

/** How many columns the file has, headings or not. */
export function columnCount({ headings, sample }: Layout): number {
  return sample.reduce((most, row) => Math.max(most, row.length), headings.length);
}

/**
 * What a spec calls a column of the file: its heading where that is the only one of its kind, otherwise its number from
 * 1 on.
 */
export function columnName({ headings }: Layout, index: number): string {
  const heading = headings[index] ?? '';
  const isUnique = headings.indexOf(heading) === headings.lastIndexOf(heading);
  return heading.trim() === '' || !isUnique ? String(index + 1) : heading;
}

/** Where the column that a spec names stands in the file; -1 where the file has none of that name. */
export function columnIndex(layout: Layout, name: string): number {
  const byHeading = layout.headings.indexOf(name);
  if (byHeading !== -1) return byHeading;
  const number = /^[1-9]\d{0,4}$/.test(name) ? Number(name) : 0;
  return number >= 1 && number <= columnCount(layout) ? number - 1 : -1;
}

/** What each column of the file is, in the order of the file; null = it is not used. */
export function columnFields(layout: Layout, spec: StatementSpec): (StatementField | null)[] {
  const fields: (StatementField | null)[] = new Array(columnCount(layout)).fill(null);
  for (const [field, name] of Object.entries(spec.columns) as [StatementField, string][]) {
    const index = columnIndex(layout, name);
    if (index !== -1) fields[index] = field;
  }
  return fields;
}

/** Says what a column is, or with null that it is not used. A field belongs to one column: the former one loses it. */
export function withColumn(
  layout: Layout,
  spec: StatementSpec,
  change: { index: number; field: StatementField | null },
): StatementSpec {
  const columns = Object.entries(spec.columns).filter(
    ([field, name]) => field !== change.field && columnIndex(layout, name) !== change.index,
  );
  if (change.field !== null) columns.push([change.field, columnName(layout, change.index)]);
  return { ...spec, columns: Object.fromEntries(columns) };
}
