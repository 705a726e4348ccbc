// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { correctionRows, useCorrections } from '../../stores/corrections-store.ts';
import { PAGE_SIZE } from '../../stores/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CorrectionItem } from './correction-item.tsx';

/**
 * A page of corrections at a time. A row carries buttons and may show several fields, so it is a plain table whose
 * controls the Tab key reaches, with pages instead of an endless scroll.
 */
export function CorrectionTable(): ReactNode {
  const { t } = useTranslation();
  const rows = useStore(correctionRows);
  const tab = useCorrections((state) => state.tab);
  const [page, setPage] = useState(0);
  const total = rows.total ?? 0;
  const lastPage = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const shown = Math.min(page, lastPage);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab starts at its first page
  useEffect(() => setPage(0), [tab]);
  useEffect(() => correctionRows.getState().ensure(shown * PAGE_SIZE, shown * PAGE_SIZE), [shown]);

  const items = rows.pages.get(shown);
  return (
    <>
      <section
        className="table-scroll"
        aria-label={t('corrections.title')}
        tabIndex={0}
        aria-busy={items === undefined}
      >
        <table className="corrections-table">
          <thead className="corrections-head">
            <tr>
              <th scope="col">{t('corrections.column.state')}</th>
              <th scope="col">{t('corrections.column.order')}</th>
              <th scope="col">{t('corrections.column.change')}</th>
              <th scope="col">{t('corrections.base')}</th>
              <th scope="col">{t('corrections.mine')}</th>
              <th scope="col">{t('corrections.theirs')}</th>
              <th scope="col">{t('corrections.column.action')}</th>
            </tr>
          </thead>
          <tbody>
            {items === undefined && (
              <tr>
                <td colSpan={7} className="muted">
                  {t('common.loading')}
                </td>
              </tr>
            )}
            {items?.map((row) => (
              <CorrectionItem key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      {lastPage > 0 && <Pager page={shown} lastPage={lastPage} total={total} onPage={setPage} />}
    </>
  );
}

interface PagerProps {
  page: number;
  lastPage: number;
  total: number;
  onPage(page: number): void;
}

function Pager({ page, lastPage, total, onPage }: PagerProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const first = page * PAGE_SIZE + 1;
  return (
    <div className="pager">
      <span>
        {t('corrections.page', {
          first: format.count(first),
          last: format.count(Math.min(total, first + PAGE_SIZE - 1)),
          total: format.count(total),
        })}
      </span>
      <Button disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('corrections.previous')}
      </Button>
      <Button disabled={page === lastPage} onClick={() => onPage(page + 1)}>
        {t('corrections.next')}
      </Button>
    </div>
  );
}
