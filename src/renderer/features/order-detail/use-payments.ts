import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { PaymentsAnswer } from '../../../shared/payments.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

/** Whoever walks through the list looks at an order for less than this; nothing is asked of Omnitron then. */
const LOOK_MS = 300;

export interface PaymentsReading {
  /** Null until the first answer. */
  answer: PaymentsAnswer | null;
  /** True while they are read from Omnitron. */
  reading: boolean;
  /** Why not even what is held could be told. */
  error: AppError | null;
  refresh(): void;
}

/**
 * What is held of an order's payments, at once; then, where that is stale and a token is known, as Omnitron has them.
 * Use it for one order only: another one needs a component of its own (`key`).
 */
export function usePayments(orderId: number): PaymentsReading {
  const dataVersion = useSession((state) => state.dataVersion);
  const hasToken = useSession((state) => state.connection?.hasToken === true);
  const [answer, setAnswer] = useState<PaymentsAnswer | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [reading, setReading] = useState(false);
  const mounted = useRef(true);
  const stale = answer?.stale === true;

  const ask = async (refresh: boolean): Promise<void> => {
    try {
      const found = await call('orders.payments', { id: orderId, refresh });
      if (!mounted.current) return;
      // What went wrong when they were read is still true when what is held is shown again.
      setAnswer((before) => (refresh ? found : { ...found, problem: before?.problem ?? null }));
      setError(null);
    } catch (thrown) {
      if (mounted.current) setError(asAppError(thrown));
    }
  };
  const refresh = (): void => {
    setReading(true);
    void ask(true).finally(() => mounted.current && setReading(false));
  };

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again for what is held
  useEffect(() => void ask(false), [orderId, dataVersion]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for an order that turns out to be stale
  useEffect(() => {
    if (!stale || !hasToken) return;
    const timer = setTimeout(refresh, LOOK_MS);
    return () => clearTimeout(timer);
  }, [orderId, stale, hasToken]);

  return { answer, reading, error, refresh };
}
