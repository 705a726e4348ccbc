import type { SqliteFile } from './open.ts';

/** What is held of Omnitron: its orders and their lines, and how many orders are kept that have vanished there. */
export interface HeldCounts {
  /** Those of vanished orders not counted, as in `lines`. */
  orders: number;
  lines: number;
  vanished: number;
}

/** Prepares counting what is held. */
export function prepareHeldCounts(file: SqliteFile): () => HeldCounts {
  const count = (sql: string): (() => number) => {
    const statement = file.prepare<[], number>(sql).pluck();
    return () => statement.get() ?? 0;
  };
  // All of these are answered from an index; asking for those that have not vanished would read every order.
  const orders = count('SELECT count(*) FROM orders');
  const lines = count('SELECT count(*) FROM lines');
  const vanished = count('SELECT count(*) FROM orders WHERE vanished_ms IS NOT NULL');
  const linesOfVanished = count(
    'SELECT count(*) FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.vanished_ms IS NOT NULL',
  );
  return () => {
    const gone = vanished();
    return { orders: orders() - gone, lines: lines() - (gone === 0 ? 0 : linesOfVanished()), vanished: gone };
  };
}
