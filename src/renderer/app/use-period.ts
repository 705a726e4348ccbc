import { useMemo } from 'react';
import type { Period } from '../../shared/period.ts';
import { today } from '../bridge/clock.ts';
import { periodOf } from '../stores/period-choice.ts';
import { useSession } from '../stores/session-store.ts';
import { useView } from '../stores/view-store.ts';

/** The period that every list and report of the window is cut to. */
export function usePeriod(): Period {
  const choice = useView((state) => state.periodChoice);
  const timeZone = useSession((state) => state.settings.timeZone);
  return useMemo(() => periodOf(choice, today(timeZone)), [choice, timeZone]);
}
