import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

export interface DetailReading {
  /** Null until the first answer; then the order last read, which may still be the former one for a moment. */
  order: OrderDetail | null;
  error: AppError | null;
  reload(): void;
}

/** Reads an order and reads it again when the data changes. Answers that come late are ignored. */
export function useOrderDetail(id: number): DetailReading {
  const dataVersion = useSession((state) => state.dataVersion);
  const [asked, setAsked] = useState(0);
  const [reading, setReading] = useState<{ order: OrderDetail | null; error: AppError | null }>({
    order: null,
    error: null,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data and a reload ask again for the same order
  useEffect(() => {
    let current = true;
    call('orders.detail', { id })
      .then((order) => current && setReading({ order, error: null }))
      .catch((thrown: unknown) => current && setReading({ order: null, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [id, dataVersion, asked]);

  return { ...reading, reload: () => setAsked((count) => count + 1) };
}
