import { createWriter } from '../../src/main/engine/writer.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';

/** A process of its own: fills a connection folder with generated orders, page by page. Arguments: folder, orders, seed. */
const [folder = '', ordersText = '', seedText = ''] = process.argv.slice(2);
const [orders, seed] = [Number(ordersText), Number(seedText)];
const LIMIT = 100;
const nowMs = Date.now();
const writer = createWriter(folder);
const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'command', plan, nowMs });
const { passId } = writer.beginPass({ runId, limit: LIMIT, direction: 'up', nowMs });
for (let page = 1; (page - 1) * LIMIT < orders; page += 1) {
  const first = (page - 1) * LIMIT;
  const results = Array.from({ length: Math.min(LIMIT, orders - first) }, (_, place) =>
    writeOrder(seed, draftOrder(seed, first + place)),
  );
  const body = new TextEncoder().encode(JSON.stringify({ count: orders, next: null, previous: null, results }));
  const place = { page, nextPage: page + 1, pageSize: LIMIT, reading: firstReading + page, nowMs };
  writer.applyPage({ passId, ...place, body });
}
writer.finishPass({ passId, complete: true, remoteCount: orders, nowMs });
writer.close();
