// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/audit.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { actionText, setOut, subjectText } from './audit-words.ts';

/** One entry beside the list: who, when, and what was before and after. */
export function AuditPanel({ entry, onClose }: { entry: AuditEntry; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const panel = useRef<HTMLElement>(null);
  const title = t('audit.number', { id: entry.id });

  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };
  const fact = (name: string, value: string | null): ReactNode =>
    value !== null && (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    );

  return (
    <aside
      ref={panel}
      className="panel audit-panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{title}</h2>
        </div>
        <Button kind="quiet" aria-label={t('audit.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={title}>
        <dl className="facts">
          {fact(t('audit.column.action'), actionText(t, entry.action))}
          {fact(t('audit.column.subject'), subjectText(t, entry.subject))}
          {fact(t('audit.column.at'), format.instant(entry.at))}
          {fact(t('audit.column.who'), entry.who)}
          {fact(t('audit.column.profile'), entry.profile)}
          {fact(t('audit.column.host'), entry.host)}
          {fact(t('audit.column.reason'), entry.reason)}
          {fact(t('audit.column.keyed'), t(entry.keyed ? 'audit.keyed' : 'audit.plain'))}
        </dl>
        {entry.undoes !== null && <p>{t('audit.takesBack', { id: entry.undoes })}</p>}
        <Side title={t('audit.before')} json={entry.before} />
        <Side title={t('audit.after')} json={entry.after} />
      </section>
    </aside>
  );
}

function Side({ title, json }: { title: string; json: string | null }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel-section" aria-label={title}>
      <h3>{title}</h3>
      {json === null ? <p className="muted">{t('audit.nothing')}</p> : <pre className="code">{setOut(json)}</pre>}
    </section>
  );
}
