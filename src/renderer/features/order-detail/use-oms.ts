import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { OmsAnswer } from '../../../shared/oms.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

/** What is held of an order in OMS; null until the first answer. Read again when the data changes. */
export function useOms(orderId: number): { answer: OmsAnswer | null; error: AppError | null } {
  const dataVersion = useSession((state) => state.dataVersion);
  const [read, setRead] = useState<{ answer: OmsAnswer | null; error: AppError | null }>({ answer: null, error: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again for the same order
  useEffect(() => {
    let current = true;
    call('orders.oms', { id: orderId })
      .then((answer) => current && setRead({ answer, error: null }))
      .catch((thrown: unknown) => current && setRead({ answer: null, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [orderId, dataVersion]);

  return read;
}
