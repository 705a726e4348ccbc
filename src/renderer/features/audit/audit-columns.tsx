import type { TFunction } from 'i18next';
import type { AuditEntry } from '../../../shared/audit.ts';
import type { GridColumn } from '../../grid/grid-column.ts';
import type { Format } from '../../ui/use-format.ts';
import { actionText, subjectText } from './audit-words.ts';

/** The columns of the audit trail. */
export function auditColumns(t: TFunction, format: Format): GridColumn<AuditEntry>[] {
  const text = (value: string | null) => (
    <span className="clip" title={value ?? ''}>
      {value}
    </span>
  );
  return [
    {
      key: 'at',
      header: t('audit.column.at'),
      width: 142,
      pinned: true,
      opens: true,
      cell: ({ at }) => <span className="code">{format.instant(at)}</span>,
    },
    { key: 'action', header: t('audit.column.action'), width: 190, cell: ({ action }) => text(actionText(t, action)) },
    {
      key: 'subject',
      header: t('audit.column.subject'),
      width: 240,
      grow: true,
      cell: ({ subject }) => text(subjectText(t, subject)),
    },
    { key: 'who', header: t('audit.column.who'), width: 110, cell: ({ who }) => text(who) },
    { key: 'profile', header: t('audit.column.profile'), width: 110, cell: ({ profile }) => text(profile) },
    { key: 'host', header: t('audit.column.host'), width: 120, cell: ({ host }) => text(host) },
    { key: 'reason', header: t('audit.column.reason'), width: 240, cell: ({ reason }) => text(reason) },
    {
      key: 'keyed',
      header: t('audit.column.keyed'),
      width: 110,
      cell: ({ keyed }) => <span className={keyed ? '' : 'muted'}>{t(keyed ? 'audit.keyed' : 'audit.plain')}</span>,
    },
    {
      key: 'id',
      header: t('audit.column.id'),
      width: 76,
      align: 'right',
      cell: ({ id }) => <span className="num">{format.count(id)}</span>,
    },
  ];
}
