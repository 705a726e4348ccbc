import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CorrectionRow } from '../../../shared/corrections.ts';
import { batchLines } from '../../stores/batches-store.ts';
import { useView } from '../../stores/view-store.ts';
import { PAGE_SIZE } from '../../stores/window-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { CancellationText } from './cancellation-text.tsx';
import { isForeign } from './conflict-choices.ts';
import { fieldLabel } from './field-label.ts';
import { useFieldText } from './field-text.ts';
import { MoneyMark, OneWayMark } from './one-way.tsx';
import { Pager } from './pager.tsx';
import { CorrectionWarnings, ProblemText } from './problem-text.tsx';
import { ReceiptList } from './receipt-list.tsx';

/** The corrections of the open batch, a page at a time; each shows its receipt when asked. */
export function BatchLines(): ReactNode {
  const { t } = useTranslation();
  const rows = useStore(batchLines);
  const [page, setPage] = useState(0);
  const total = rows.total ?? 0;
  const shown = Math.min(page, Math.max(0, Math.ceil(total / PAGE_SIZE) - 1));
  useEffect(() => batchLines.getState().ensure(shown * PAGE_SIZE, shown * PAGE_SIZE), [shown]);

  return (
    <section className="panel-section" aria-label={t('batches.panel.lines')}>
      <h3>{t('batches.panel.lines')}</h3>
      {rows.error !== null && <ErrorNotice error={rows.error} />}
      {rows.total === 0 && <p className="muted">{t('batches.panel.noLines')}</p>}
      <ul className="batch-lines">
        {(rows.pages.get(shown) ?? []).map((row) => (
          <BatchLine key={row.id} row={row} />
        ))}
      </ul>
      <Pager page={shown} size={PAGE_SIZE} total={total} onPage={setPage} />
    </section>
  );
}

function BatchLine({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const showOrder = useView((state) => state.showOrder);
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="batch-line-head">
        <span className={`state state-${row.state}`}>{t(`state.${row.state}`)}</span>
        <button type="button" className="link code" onClick={() => showOrder(row.order.id)}>
          {row.order.number}
        </button>
        {row.lineId !== null && <span className="muted">{t('corrections.line', { id: row.lineId })}</span>}
        <span className="top-gap" />
        <button
          type="button"
          className="link receipt-link"
          aria-expanded={open}
          aria-label={t(open ? 'batches.panel.hideReceipt' : 'batches.panel.showReceipt', { id: row.id })}
          onClick={() => setOpen(!open)}
        >
          {t('batches.panel.receipt')}
          <span className={open ? 'is-turned' : ''}>
            <Icon name="chevron" size={12} />
          </span>
        </button>
      </div>
      <LineFields row={row} />
      <CorrectionWarnings row={row} />
      {row.problem !== null && (
        <p className={row.state === 'waiting' ? 'muted' : 'field-error'}>
          <ProblemText problem={row.problem} />
        </p>
      )}
      {row.successor !== null && <p className="muted">{t('corrections.successor', { id: row.successor })}</p>}
      {open && <ReceiptList id={row.id} version={row.updatedAt} />}
    </li>
  );
}

function LineFields({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  if (row.cancellation !== null) {
    return (
      <p>
        <CancellationText call={row.cancellation} /> <MoneyMark />
      </p>
    );
  }
  return row.fields.map((entry) => (
    <p key={entry.field} className="line-change">
      <span className="muted">{fieldLabel(t, entry.field)}:</span> {fieldText(entry.field, entry.base)}{' '}
      <Icon name="arrow" size={10} /> <b>{fieldText(entry.field, entry.target)}</b>
      {row.state === 'conflict' && isForeign(entry) && (
        <span className="theirs-note">
          {t('corrections.theirs')}: {fieldText(entry.field, entry.server)}
        </span>
      )}{' '}
      <OneWayMark change={entry} />
    </p>
  ));
}
