import { useEffect, useState } from 'react';
import type { Period } from '../../shared/period.ts';
import { useSession } from '../stores/session-store.ts';
import { readSoFar } from './read-so-far.ts';

/** The days that a first pass has read so far; null = not wanted, or nothing can be said. Follows the data. */
export function useReadSoFar(wanted: boolean): Period | null {
  const dataVersion = useSession((state) => state.dataVersion);
  const timeZone = useSession((state) => state.settings.timeZone);
  const [soFar, setSoFar] = useState<Period | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again
  useEffect(() => {
    let current = wanted;
    if (!wanted) setSoFar(null);
    else
      readSoFar(timeZone)
        .then((found) => current && setSoFar(found))
        // The lists that the window shows report what cannot be read.
        .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [wanted, dataVersion, timeZone]);

  return soFar;
}
