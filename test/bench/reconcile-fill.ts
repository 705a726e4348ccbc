import { createWriter } from '../../src/main/engine/writer.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import { plantedData } from './planted-data.ts';

/**
 * A process of its own: fills a connection folder with generated orders, page by page, as two readings of everything would:
 * the first meets orders that the second does not, and of the second some rows cannot be read. Arguments: folder, orders, seed.
 */
const [folder = '', ordersText = '', seedText = ''] = process.argv.slice(2);
const [orders, seed] = [Number(ordersText), Number(seedText)];
const LIMIT = 100;
const nowMs = Date.now();
const writer = createWriter(folder);
const { vanishing, unreadable } = plantedData(seed, orders);
readAll([vanishing], vanishing.length);
readAll(pages(), orders + unreadable.length);
writer.close();

function* pages(): Generator<unknown[]> {
  for (let first = 0; first < orders; first += LIMIT) {
    yield Array.from({ length: Math.min(LIMIT, orders - first) }, (_, place) =>
      writeOrder(seed, draftOrder(seed, first + place)),
    );
  }
  yield unreadable;
}

/** Reads everything there is, page by page. */
function readAll(bodies: Iterable<unknown[]>, count: number): void {
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'command', plan, nowMs });
  const { passId } = writer.beginPass({ runId, limit: LIMIT, direction: 'up', nowMs });
  const sum = { pages: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0 };
  for (const results of bodies) {
    sum.pages += 1;
    const body = new TextEncoder().encode(JSON.stringify({ count, next: null, previous: null, results }));
    const page = {
      page: sum.pages,
      nextPage: sum.pages + 1,
      pageSize: LIMIT,
      reading: firstReading + sum.pages,
      nowMs,
    };
    const { created, updated, unchanged, quarantined } = writer.applyPage({ passId, ...page, body });
    sum.created += created;
    sum.updated += updated;
    sum.unchanged += unchanged;
    sum.quarantined += quarantined;
  }
  const { notSeen } = writer.finishPass({ passId, complete: true, remoteCount: count, nowMs });
  const counts = { ...sum, requests: sum.pages, retries: 0, probe: null, notSeen, remoteCount: count, problem: null };
  writer.finishRun({ runId, state: 'complete', counts, nowMs });
}
