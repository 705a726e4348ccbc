// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorrectionField, CorrectionRow } from '../../../shared/corrections.ts';
import { now } from '../../bridge/clock.ts';
import { useCorrections } from '../../stores/corrections-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useRules } from '../settings/use-rules.ts';
import { choicesOf, type Draft, draftKey, firstDrafts, refusalOf } from './conflict-choices.ts';
import { ConflictFields } from './conflict-fields.tsx';
import { Pager } from './pager.tsx';
import { resolveConflicts } from './resolve.ts';

/** Conflicts of a page: each row holds controls. */
const SHOWN_AT_ONCE = 50;

/** Decides conflicts field by field: what was seen, what is wanted, what Omnitron says, and what shall be. */
export function ConflictView({ rows }: { rows: readonly CorrectionRow[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useSession((state) => state.settings.timeZone);
  const { inForce } = useRules();
  const closedUntil = inForce?.rules.closedUntil ?? null;
  const { decide, actionError } = useCorrections();
  const refused = refusalOf(actionError);
  const [drafts, setDrafts] = useState(() => firstDrafts(rows));
  const [page, setPage] = useState(0);
  const [busy, setBusy] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const { choices, open, bad } = useMemo(
    () => choicesOf(rows, drafts, { nowMs: now(), timeZone, closedUntil }),
    [rows, drafts, timeZone, closedUntil],
  );
  // The list that had the focus is gone.
  useEffect(() => title.current?.focus(), []);

  const change = (row: CorrectionRow, field: CorrectionField, draft: Draft): void =>
    setDrafts((before) => new Map(before).set(draftKey(row.id, field), draft));
  const everywhere = (keep: 'theirs' | 'mine'): void =>
    setDrafts((before) => new Map([...before].map(([key, draft]) => [key, { ...draft, keep }])));
  const apply = (): void => {
    setBusy(true);
    void resolveConflicts(choices).finally(() => setBusy(false));
  };
  const left = open > 0 ? t('conflict.open', format.counted(open)) : t('conflict.bad', format.counted(bad));

  return (
    <section className="conflict-view" aria-labelledby="conflict-title">
      <div className="view-head">
        <Button kind="quiet" onClick={() => decide(null)}>
          <span className="turned">
            <Icon name="arrow" size={14} />
          </span>
          {t('conflict.back')}
        </Button>
        <h2 id="conflict-title" ref={title} tabIndex={-1}>
          {t('conflict.title', format.counted(rows.length))}
        </h2>
        <span className="muted clip">{t('conflict.text')}</span>
      </div>
      <div className="list-bar">
        <span>{t('conflict.bulk')}</span>
        <Button onClick={() => everywhere('theirs')}>{t('conflict.allTheirs')}</Button>
        <Button onClick={() => everywhere('mine')}>{t('conflict.allMine')}</Button>
        <span className="top-gap" />
        <span role="status" className={open + bad > 0 ? 'muted' : 'tone-good'}>
          {open + bad > 0 ? left : t('conflict.decided')}
        </span>
        <Button kind="primary" disabled={busy || open + bad > 0} onClick={apply}>
          {t('conflict.apply')}
        </Button>
      </div>
      <section className="table-scroll" aria-label={t('conflict.values')} tabIndex={0}>
        <table className="corrections-table conflict-table">
          <thead className="corrections-head">
            <tr>
              <th scope="col">{t('corrections.column.order')}</th>
              <th scope="col">{t('corrections.column.change')}</th>
              <th scope="col">{t('corrections.base')}</th>
              <th scope="col">{t('corrections.mine')}</th>
              <th scope="col">{t('corrections.theirs')}</th>
              <th scope="col">{t('conflict.choice')}</th>
            </tr>
          </thead>
          {rows.slice(page * SHOWN_AT_ONCE, (page + 1) * SHOWN_AT_ONCE).map((row) => (
            <ConflictFields
              key={row.id}
              row={row}
              drafts={drafts}
              closedUntil={closedUntil}
              refused={refused}
              onChange={(field, draft) => change(row, field, draft)}
            />
          ))}
        </table>
      </section>
      <Pager page={page} size={SHOWN_AT_ONCE} total={rows.length} onPage={setPage} />
    </section>
  );
}
