// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { correctionRows, useCorrections } from '../../stores/corrections-store.ts';
import { PAGE_SIZE } from '../../stores/window-store.ts';
import { CorrectionItem } from './correction-item.tsx';
import { Pager } from './pager.tsx';

/**
 * A page of corrections at a time. A row carries buttons and may show several fields, so it is a plain table whose
 * controls the Tab key reaches, with pages instead of an endless scroll.
 */
export function CorrectionTable(): ReactNode {
  const { t } = useTranslation();
  const rows = useStore(correctionRows);
  const { tab, selected, toggle } = useCorrections();
  const [page, setPage] = useState(0);
  const total = rows.total ?? 0;
  const shown = Math.min(page, Math.max(0, Math.ceil(total / PAGE_SIZE) - 1));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab starts at its first page
  useEffect(() => setPage(0), [tab]);
  useEffect(() => correctionRows.getState().ensure(shown * PAGE_SIZE, shown * PAGE_SIZE), [shown]);

  const items = rows.pages.get(shown);
  const ticked = items?.filter(({ id }) => selected.has(id)).length ?? 0;
  const isWhole = items !== undefined && items.length > 0 && ticked === items.length;
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
              <th scope="col" className="tick-cell">
                <input
                  type="checkbox"
                  aria-label={t('corrections.selectPage')}
                  checked={isWhole}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = ticked > 0 && !isWhole;
                  }}
                  onChange={() => toggle(items ?? [], !isWhole)}
                />
              </th>
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
                <td colSpan={8} className="muted">
                  {t('common.loading')}
                </td>
              </tr>
            )}
            {items?.map((row) => (
              <CorrectionItem
                key={row.id}
                row={row}
                ticked={selected.has(row.id)}
                onTick={() => toggle([row], !selected.has(row.id))}
              />
            ))}
          </tbody>
        </table>
      </section>
      <Pager page={shown} size={PAGE_SIZE} total={total} onPage={setPage} />
    </>
  );
}
