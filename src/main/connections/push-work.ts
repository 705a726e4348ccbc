import type { BatchRow, DryRunResult } from '../../shared/batches.ts';
import type { PushSummary } from '../../shared/corrections.ts';
import { runDryRun } from '../corrections/dry-run.ts';
import { type PushOptions, runPush } from '../corrections/push.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import type { Clock, Random } from './ports.ts';

/** What takes corrections to Omnitron. */
export interface PushWork {
  /**
   * Pushes every approved batch, or one; where nobody else approves, what is queued is first submitted and approved.
   * @throws AppError BATCH_UNKNOWN, BATCH_STATE, and as `sync` does
   */
  push(options: PushOptions & { batch?: number | null }): Promise<PushSummary>;
  /** Reads Omnitron and says what a push of a batch would do; nothing is written there. @throws AppError as `push` does */
  dryRun(options: {
    batch: number;
    signal: AbortSignal;
    onProgress(done: number, total: number): void;
  }): Promise<DryRunResult>;
}

/** The reason that stands in a batch that a push has submitted by itself. */
const UNASKED = 'Pushed without a separate submission.';

interface Parts {
  writer(): Remote<WriterService>;
  reader: Remote<ReaderService>;
  client(): Promise<OmnitronClient>;
  exclusively<T>(kind: 'push' | 'dry run', work: () => Promise<T>): Promise<T>;
  clock: Clock;
  random: Random;
  timeZone(): string;
  /** Brings the findings in line with what was read. */
  check(): Promise<unknown>;
}

/** Pushes and dry runs of one connection. */
export function createPushWork(parts: Parts): PushWork {
  const { reader, clock, random } = parts;

  async function batchesFor(batch: number | null): Promise<Pick<BatchRow, 'id' | 'number'>[]> {
    const writer = parts.writer();
    const nowMs = clock.now();
    const { makerChecker } = (await reader.control()).rules;
    if (batch === null) {
      if (!makerChecker) await writer.submitEverything({ reason: UNASKED, timeZone: parts.timeZone(), nowMs });
      return writer.batchesToPush();
    }
    const wanted = await reader.batch({ id: batch });
    if (!makerChecker && wanted.state === 'draft') {
      await writer.submitBatch({ id: batch, reason: wanted.reason || UNASKED, nowMs });
    }
    return [wanted];
  }

  return {
    push({ batch = null, ...options }) {
      const writer = parts.writer();
      return parts.exclusively('push', async () => {
        const client = await parts.client();
        try {
          return await runPush({ client, writer, clock, random }, await batchesFor(batch), options);
        } finally {
          await parts.check();
        }
      });
    },
    dryRun({ batch, ...options }) {
      const writer = parts.writer();
      return parts.exclusively('dry run', async () => {
        const client = await parts.client();
        const { number } = await reader.batch({ id: batch });
        try {
          return await runDryRun({ client, writer, clock }, { id: batch, number }, options);
        } finally {
          await parts.check();
        }
      });
    },
  };
}
