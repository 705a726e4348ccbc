import { expect } from 'vitest';
import type { SqliteFile } from '../../src/main/database/open.ts';
import type { RunCounts, WriterService } from '../../src/main/engine/services.ts';
import { asRemote } from './remote.ts';

type Counts = Pick<RunCounts, 'pages' | 'created' | 'updated' | 'unchanged' | 'quarantined'>;

/** A writer as another thread would see it that proves of each run that it counted what it stored, before it is told. */
export function countedWriter(writer: WriterService, cache: SqliteFile): ReturnType<typeof asRemote> {
  const counted = cache.prepare<[number], Counts>(
    'SELECT pages, created, updated, unchanged, quarantined FROM runs WHERE id = ?',
  );
  const finishRun: WriterService['finishRun'] = (args) => {
    const { pages, created, updated, unchanged, quarantined } = args.counts;
    expect(counted.get(args.runId)).toEqual({ pages, created, updated, unchanged, quarantined });
    return writer.finishRun(args);
  };
  return asRemote({ ...writer, finishRun });
}
