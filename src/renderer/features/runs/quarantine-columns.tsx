import type { TFunction } from 'i18next';
import type { QuarantinedRow } from '../../../shared/runs.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import type { Format } from '../../ui/use-format.ts';
import { quarantineReason } from './quarantine-reason.ts';

/** The columns of the rows put aside. What such a row said is stored nowhere. */
export function quarantineColumns(t: TFunction, format: Format): GridColumn<QuarantinedRow>[] {
  return [
    {
      key: 'order',
      header: t('quarantine.column.order'),
      width: 96,
      pinned: true,
      opens: true,
      cell: ({ orderId, omsId }) =>
        orderId === null && omsId === null ? (
          <span className="muted">{t('quarantine.noId')}</span>
        ) : (
          <span className="code">{orderId ?? omsId}</span>
        ),
    },
    {
      key: 'source',
      header: t('quarantine.column.source'),
      width: 112,
      cell: ({ source, list }) => <span className="clip">{t(`quarantine.source.${source}.${list}`)}</span>,
    },
    {
      key: 'path',
      header: t('quarantine.column.path'),
      width: 120,
      cell: ({ path }) => (
        <span className="code clip" title={path}>
          {path === '' ? t('quarantine.whole') : path}
        </span>
      ),
    },
    {
      key: 'reason',
      header: t('quarantine.column.reason'),
      width: 310,
      grow: true,
      cell: ({ code }) => (
        <span className="clip" title={quarantineReason(t, code)}>
          {quarantineReason(t, code)} <span className="muted">({code})</span>
        </span>
      ),
    },
    {
      key: 'held',
      header: t('quarantine.column.held'),
      width: 200,
      cell: ({ held }) => (
        <span className={held ? 'clip' : 'clip not-sent'}>{held ? t('quarantine.held') : t('quarantine.notHeld')}</span>
      ),
    },
    {
      key: 'page',
      header: t('quarantine.column.page'),
      width: 86,
      align: 'right',
      cell: ({ page }) =>
        page === 0 || page === null ? (
          <span className="muted">{t(page === 0 ? 'quarantine.single' : 'quarantine.noPage')}</span>
        ) : (
          <span className="num">{format.count(page)}</span>
        ),
    },
    {
      key: 'seen',
      header: t('quarantine.column.seen'),
      width: 134,
      cell: ({ seenAt }) => <span className="code">{format.instant(seenAt)}</span>,
    },
  ];
}
