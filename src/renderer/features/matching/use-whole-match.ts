import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { matchRows, useMatches } from '../../stores/matches-store.ts';
import { PAGE_SIZE } from '../../stores/window-store.ts';

/** A listed match with all of its rows and orders: a long one is asked for by its place in the list. */
export function useWholeMatch(listed: MatchListRow): { match: MatchListRow; error: AppError | null } {
  const filter = useMatches((state) => state.filter);
  const [read, setRead] = useState<{ match: MatchListRow; error: AppError | null }>({ match: listed, error: null });
  const isWhole = listed.rows.length === listed.rowCount && listed.orders.length === listed.orderCount;

  useEffect(() => {
    let current = true;
    setRead({ match: listed, error: null });
    const offset = isWhole ? null : placeOf(listed.group);
    if (offset === null) return;
    call('matches.window', { filter, offset, limit: 1 })
      .then(({ rows: [match] }) => {
        // The list may have moved on meanwhile; then what is listed has to do.
        if (current && match?.group === listed.group) setRead({ match, error: null });
      })
      .catch((thrown: unknown) => current && setRead({ match: listed, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [listed, isWhole, filter]);

  return read;
}

/** Where a match stands in the list as far as it is loaded. */
function placeOf(group: number): number | null {
  for (const [page, rows] of matchRows.getState().pages) {
    const place = rows.findIndex((row) => row.group === group);
    if (place !== -1) return page * PAGE_SIZE + place;
  }
  return null;
}
