const CHUNK = 5_000;

/** Every row of a list that is read in windows. */
export async function allRows<T>(
  read: (window: { offset: number; limit: number }) => Promise<{ rows: T[] }>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const { rows } = await read({ offset: all.length, limit: CHUNK });
    all.push(...rows);
    if (rows.length < CHUNK) return all;
  }
}
