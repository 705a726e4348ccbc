import { AppError } from '../../shared/errors.ts';
import type { PageOutcome, PassState } from '../engine/services.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { PAGE_LIMIT, type RunContext } from './run-context.ts';
import { endless, notePage, SPARE_PAGES, type Walked } from './walk.ts';

/** How often the newest orders are read again before a list that never stops growing is left as it is. */
const HEAD_ROUNDS = 5;
/** So many wrong pages in a row are no accident of single rows. */
const MOST_REFUSED_IN_A_ROW = 2;

interface Downward {
  run: RunContext;
  reader: PageReader;
  walked: Walked;
  pageSize: number;
  refusedInARow: number;
}

/**
 * Walks a list whose ids ascend from its last page to its first. That way nothing is lost while the list changes: an
 * order that is removed lets others slide towards the first page, which is still to come, and a new order appears at
 * the end, where the newest pages are read again until they show nothing new.
 * @returns `ordered: false` as soon as ids turn out not to ascend; the walk then proves nothing.
 * @throws AppError as the client does; RESPONSE_INVALID when pages stay wrong one after the other
 */
export async function walkDown(run: RunContext, pass: PassState): Promise<Walked> {
  const walked: Walked = {
    seen: pass.seen,
    newToRun: 0,
    countAtStart: pass.countAtStart ?? 0,
    remoteCount: pass.countAtStart ?? 0,
    ordered: true,
    atOnce: false,
    refused: null,
  };
  const reader = createPageReader(run, pass.passId);
  const down: Downward = { run, reader, walked, pageSize: pass.pageSize ?? PAGE_LIMIT, refusedInARow: 0 };
  let top = pass.nextPage;
  if (pass.pageSize === null) {
    const first = await readPage(down, 1, 0, null);
    walked.countAtStart = walked.remoteCount;
    if (first === null || !first.hasNext || first.rows === 0) return { ...walked, atOnce: true };
    down.pageSize = first.rows;
    top = Math.ceil(first.remoteCount / first.rows);
  }
  await descend(down, top);
  if (walked.ordered) await settleHead(down);
  return walked;
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

/** Reads the newest page, and those below it while they show something new. @returns whether any did. */
async function showsNews(down: Downward): Promise<boolean> {
  const { walked, pageSize } = down;
  const read = (page: number): Promise<PageOutcome | null> => readPage(down, page, 0, pageSize);
  let top = Math.max(1, Math.ceil(walked.remoteCount / pageSize));
  let newest = await read(top);
  while (newest === null && top > 1) {
    top -= 1;
    newest = await read(top);
  }
  let isNew = newest !== null && newest.firstSeen > 0;
  for (let page = top - 1, goesOn = isNew; goesOn && page >= 1; page -= 1) {
    goesOn = ((await read(page))?.firstSeen ?? 0) > 0;
  }
  for (let page = top + 1; newest?.hasNext === true; page += 1) {
    if (page > top + SPARE_PAGES) throw endless();
    newest = await read(page);
    isNew ||= newest !== null && newest.firstSeen > 0;
  }
  return isNew;
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
