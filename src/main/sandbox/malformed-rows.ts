import type { MalformedRowKind } from './fault-types.ts';
import type { JsonObject } from './wire-types.ts';

const DAMAGE: Readonly<Record<MalformedRowKind, (row: JsonObject) => unknown>> = {
  'not-an-object': () => 'this is no order',
  'null-row': () => null,
  'missing-id': ({ id: _id, ...rest }) => rest,
  'id-as-text': (row) => ({ ...row, id: `#${row.id}` }),
  'amount-not-a-number': (row) => ({ ...row, amount: 'NaN' }),
  'amount-too-precise': (row) => ({ ...row, amount: '1.12345678' }),
  'amount-exponent': (row) => ({ ...row, amount: '1e3' }),
  'amount-missing': ({ amount: _amount, ...rest }) => rest,
  'status-null': (row) => ({ ...row, status: null }),
  'date-invalid': (row) => ({ ...row, date_placed: '31.12.2025' }),
  'lines-missing': ({ orderitem_set: _lines, ...rest }) => rest,
  'line-price-invalid': (row) => ({
    ...row,
    orderitem_set: (row.orderitem_set as JsonObject[]).map((line) => ({ ...line, price: '1.234,56' })),
  }),
};

/** A list answer with one of its rows damaged; any other answer, or an index past the end, comes back unchanged. */
export function damageRow(body: unknown, index: number, kind: MalformedRowKind): unknown {
  const page = body as { results?: JsonObject[] } | null;
  if (!Array.isArray(page?.results)) return body;
  const results = page.results.map((row, place) => (place === index ? DAMAGE[kind](row) : row));
  return { ...page, results };
}
