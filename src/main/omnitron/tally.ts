import type { AskedCounts } from '../../shared/sync.ts';
import type { OmnitronClient } from './client.ts';

/** Counts what a client asks: each call answers what it has asked since the one before, the first one since now. */
export function tallyOf({ counters }: Pick<OmnitronClient, 'counters'>): () => AskedCounts {
  let before = { ...counters };
  return () => {
    const asked = { requests: counters.requests - before.requests, retries: counters.retries - before.retries };
    before = { ...counters };
    return asked;
  };
}
