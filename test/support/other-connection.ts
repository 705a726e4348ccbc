import { join } from 'node:path';
import { openSqlite } from '../../src/main/database/open.ts';
import type { SideRow } from '../../src/main/database/side-reading.ts';
import type { AskBeside } from '../../src/main/reconcile/suspects.ts';

/** Asks as the other thread does, by a connection of its own, which sees what is committed; without the thread. */
export function askByOther(folder: string, answered: string[] = []): AskBeside {
  return (queries) => {
    const file = openSqlite(join(folder, 'cache.db'), { readonly: true });
    file.prepare('ATTACH DATABASE ? AS local').run(join(folder, 'local.db'));
    return {
      answer(index) {
        const query = queries[index];
        if (query === undefined) return null;
        answered.push(query.sql);
        return file.prepare<[Record<string, bigint>], SideRow>(query.sql).raw().get(query.values) ?? null;
      },
      end: () => file.close(),
    };
  };
}
