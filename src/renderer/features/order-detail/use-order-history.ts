import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderChange } from '../../../shared/runs.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

const PAGE = 100;

export interface OrderHistory {
  /** Newest first; null until they have been read. */
  changes: readonly OrderChange[] | null;
  total: number;
  error: AppError | null;
  /** Reads the next older ones. */
  more(): void;
}

/** The changes of one order, in pages. Read again when the data changes. */
export function useOrderHistory(orderId: number): OrderHistory {
  const dataVersion = useSession((state) => state.dataVersion);
  const [pages, setPages] = useState(1);
  const [read, setRead] = useState<Pick<OrderHistory, 'changes' | 'total' | 'error'>>({
    changes: null,
    total: 0,
    error: null,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again for the same order
  useEffect(() => {
    let current = true;
    readPages(orderId, pages)
      .then((answer) => current && setRead({ ...answer, error: null }))
      .catch((thrown: unknown) => current && setRead({ changes: null, total: 0, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [orderId, pages, dataVersion]);

  return { ...read, more: () => setPages((count) => count + 1) };
}

async function readPages(orderId: number, pages: number): Promise<{ changes: OrderChange[]; total: number }> {
  const changes: OrderChange[] = [];
  let total = 0;
  for (let page = 0; page < pages; page += 1) {
    const answer = await call('changes.list', { orderId, since: null, offset: page * PAGE, limit: PAGE });
    changes.push(...answer.rows);
    total = answer.total;
  }
  return { changes, total };
}
