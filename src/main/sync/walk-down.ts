import { AppError } from '../../shared/errors.ts';
import type { PageOutcome, PassState } from '../engine/services.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { type ListRun, PAGE_LIMIT } from './run-context.ts';
import { readTail } from './tail.ts';
import { notePage, type Walked } from './walk.ts';

/** How often the newest orders are read again before a list that never stops growing is left as it is. */
const HEAD_ROUNDS = 5;
/** So many wrong pages in a row are no accident of single rows. */
const MOST_REFUSED_IN_A_ROW = 2;

interface Downward {
  run: ListRun;
  reader: PageReader;
  walked: Walked;
  pageSize: number;
  refusedInARow: number;
}

/**
 * Walks a list whose ids ascend from its last page to its first. That way nothing is lost while the list changes: an
 * order that is removed lets others slide towards the first page, which is still to come, and a new order appears at
 * the end, where the newest pages are read again until they show nothing new.
 * Everything it finds out goes into `walked`; with `ordered: false` there, the walk has ended early and proves nothing.
 * @throws AppError as the client does; RESPONSE_INVALID when pages stay wrong one after the other
 */
export async function walkDown(run: ListRun, pass: PassState, walked: Walked): Promise<void> {
  const reader = createPageReader(run, pass.passId);
  const down: Downward = { run, reader, walked, pageSize: pass.pageSize ?? PAGE_LIMIT, refusedInARow: 0 };
  let top = pass.nextPage;
  if (pass.pageSize === null) {
    const first = await readPage(down, 1, 0, null);
    walked.countAtStart = walked.remoteCount;
    walked.atOnce = first === null || !first.hasNext || first.rows === 0;
    if (first?.ids?.ascending === false) walked.ordered = false;
    if (first === null || walked.atOnce) return;
    down.pageSize = first.rows;
    top = Math.ceil(first.remoteCount / first.rows);
  }
  await descend(down, top);
  if (walked.ordered) await settleHead(down);
}

async function descend(down: Downward, top: number): Promise<void> {
  const { walked, pageSize } = down;
  let above = Number.POSITIVE_INFINITY;
  for (let page = top; page >= 1 && walked.ordered; page -= 1) {
    const outcome = await readUnlessRefused(down, page, pageSize);
    if (outcome?.ids == null) continue;
    if (!outcome.ids.ascending || outcome.ids.first >= above) walked.ordered = false;
    above = outcome.ids.first;
  }
}

/** One page that stays wrong does not keep the others from being read; the walk is not complete then. */
async function readUnlessRefused(down: Downward, page: number, pageSize: number): Promise<PageOutcome | null> {
  try {
    const outcome = await readPage(down, page, page - 1, pageSize);
    down.refusedInARow = 0;
    return outcome;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID')) throw thrown;
    down.walked.refused ??= thrown;
    down.refusedInARow += 1;
    if (down.refusedInARow === MOST_REFUSED_IN_A_ROW) throw thrown;
    return null;
  }
}

async function settleHead(down: Downward): Promise<void> {
  for (let round = 1; round <= HEAD_ROUNDS; round += 1) if (!(await showsNews(down))) return;
}

/** Reads the end of the list. @returns whether it shows an order that the pass had not met. */
async function showsNews(down: Downward): Promise<boolean> {
  const { walked, pageSize } = down;
  let page = Math.max(1, Math.ceil(walked.remoteCount / pageSize));
  let outcome = await readPage(down, page, 0, pageSize);
  while (outcome === null && page > 1) {
    page -= 1;
    outcome = await readPage(down, page, 0, pageSize);
  }
  return readTail(
    { page, outcome },
    {
      pageSize,
      read: (each) => readPage(down, each, 0, pageSize),
      isNews: ({ firstSeen }) => firstSeen > 0,
    },
  );
}

async function readPage(
  { run, reader, walked, pageSize }: Downward,
  page: number,
  nextPage: number,
  size: number | null,
): Promise<PageOutcome | null> {
  const outcome = await reader.read({ page, nextPage, pageSize: size });
  if (outcome !== null) notePage(walked, outcome, run, pageSize);
  return outcome;
}
