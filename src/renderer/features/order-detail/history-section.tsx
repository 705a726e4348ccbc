import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../../shared/orders.ts';
import type { OrderChange } from '../../../shared/runs.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { changedField, changedValue, isAmountChange, seenBy } from '../changes/change-value.ts';
import { useOrderHistory } from './use-order-history.ts';

/** What was seen together, by one reading. */
interface Moment {
  first: OrderChange;
  changes: OrderChange[];
}

function moments(changes: readonly OrderChange[]): Moment[] {
  const found: Moment[] = [];
  for (const change of changes) {
    const last = found.at(-1);
    if (last !== undefined && last.first.seenAt === change.seenAt && last.first.run === change.run)
      last.changes.push(change);
    else found.push({ first: change, changes: [change] });
  }
  return found;
}

/** The order's changes as the program has seen them, newest first. */
export function HistorySection({ order }: { order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { changes, total, error, more } = useOrderHistory(order.id);

  return (
    <section className="panel-section" aria-label={t('changes.history')}>
      <h3>
        {t('changes.history')} {total > 0 && <span className="muted">{format.count(total)}</span>}
      </h3>
      {error !== null && <ErrorNotice error={error} />}
      {changes === null && error === null && <p className="muted">{t('common.loading')}</p>}
      {changes?.length === 0 && <p className="muted">{t('changes.historyEmpty')}</p>}
      {changes !== null && changes.length > 0 && (
        <ol className="history">
          {moments(changes).map(({ first, changes: together }, place) => (
            // Two readings in the same moment: only the place tells them apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={`${first.seenAt}-${place}`} className="history-moment">
              <p className="history-when">
                <time dateTime={first.seenAt}>{format.instant(first.seenAt)}</time>
                <span className="muted"> · {seenBy(t, first)}</span>
              </p>
              <ul>
                {together.map((change, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line may come twice with the same field
                  <Change key={`${change.lineId}-${change.field}-${at}`} order={order} change={change} />
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {changes !== null && total > changes.length && (
        <div>
          <Button onClick={more}>{t('changes.historyMore')}</Button>
        </div>
      )}
    </section>
  );
}

function Change({ order, change }: { order: OrderDetail; change: OrderChange }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const side = (value: string | null): ReactNode => (
    <span className={`history-value${value === null ? ' muted' : ''}${isAmountChange(change) ? ' num' : ''}`}>
      {changedValue(t, format, change, value)}
    </span>
  );
  const sku = order.lines.find((line) => line.id === change.lineId)?.sku ?? change.lineId;
  return (
    <li className="history-change">
      <span className="history-field">
        {changedField(t, change)}
        {change.lineId !== null && change.field !== 'line' && (
          <span className="cell-note">{t('changes.line', { line: sku })}</span>
        )}
      </span>
      {side(change.from)}
      <span className="history-arrow" role="img" aria-label={t('changes.becomes')}>
        <Icon name="arrow" size={12} />
      </span>
      {side(change.to)}
    </li>
  );
}
