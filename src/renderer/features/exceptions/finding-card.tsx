import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingNote } from '../../../shared/decisions.ts';
import type { FindingRow } from '../../../shared/findings.ts';
import { checkTitle } from '../../i18n/check-texts.ts';
import { useFindings } from '../../stores/findings-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type AskingAction, decide, PLAIN_ACTIONS, type PlainAction, reportFailure } from './finding-actions.ts';
import { FindingSteps } from './finding-steps.tsx';
import { StatusTag } from './status-tag.tsx';
import { useFindingTrace } from './use-finding-trace.ts';

/** One finding: what is decided about it, what can be, its notes, and what happened to it. */
export function FindingCard({
  finding: listed,
  onAsk,
}: {
  finding: FindingRow;
  onAsk(action: AskingAction): void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const { trace, error, reload } = useFindingTrace(listed);
  const finding = trace?.finding ?? listed;
  return (
    <section className="panel-section finding-card" aria-label={t('queue.panel.label')}>
      <p className="finding-head">
        <strong>{checkTitle(finding.check)}</strong>
        <StatusTag finding={finding} />
      </p>
      <p>{finding.text[language]}</p>
      <dl className="facts">
        <div>
          <dt>{t('queue.panel.due')}</dt>
          <dd>{t('queue.days', format.counted(finding.age))}</dd>
        </div>
        {finding.reason !== null && (
          <div>
            <dt>{t('queue.panel.reason')}</dt>
            <dd>{t(`reason.${finding.reason}`)}</dd>
          </div>
        )}
        {finding.owner !== null && (
          <div>
            <dt>{t('queue.panel.owner')}</dt>
            <dd>{finding.owner}</dd>
          </div>
        )}
      </dl>
      <Actions finding={finding} onAsk={onAsk} />
      {error !== null && <ErrorNotice error={error} title={t('queue.panel.failed')} onRetry={reload} />}
      {trace !== null && (
        <>
          <Notes finding={finding} notes={trace.notes} />
          <FindingSteps steps={trace.steps} currency={finding.currency} />
        </>
      )}
    </section>
  );
}

const OFFERED: readonly PlainAction[] = ['accept', 'ignore', 'progress', 'reopen'];

function Actions({ finding, onAsk }: { finding: FindingRow; onAsk(action: AskingAction): void }): ReactNode {
  const { t } = useTranslation();
  const keys = [{ check: finding.check, subject: finding.subject }];
  return (
    <div className="panel-actions finding-actions">
      <Button kind="primary" onClick={() => onAsk('explain')}>
        {t('queue.act.explain')}
      </Button>
      {OFFERED.filter((action) => PLAIN_ACTIONS[action] !== finding.status).map((action) => (
        <Button
          key={action}
          title={action === 'ignore' ? t('queue.act.ignoreHelp') : undefined}
          onClick={() => void decide({ status: PLAIN_ACTIONS[action] }, keys)}
        >
          {t(`queue.act.${action}`)}
        </Button>
      ))}
      <Button onClick={() => onAsk('owner')}>{t('queue.act.owner')}</Button>
    </div>
  );
}

function Notes({ finding, notes }: { finding: FindingRow; notes: readonly FindingNote[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { addNote, removeNote } = useFindings();
  const [text, setText] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const words = text.trim();
    if (words === '') return;
    addNote(finding, words)
      .then(() => setText(''))
      .catch(reportFailure);
  };
  return (
    <>
      <h4>{t('queue.panel.notes')}</h4>
      {notes.length === 0 && <p className="muted">{t('queue.panel.noNotes')}</p>}
      <ul className="note-list">
        {notes.map(({ id, text: words, who, at }) => (
          <li key={id}>
            <p>{words}</p>
            <span className="muted">
              {who} · {format.instant(at)}
            </span>
            <Button
              kind="quiet"
              aria-label={t('queue.panel.remove')}
              title={t('queue.panel.remove')}
              icon={<Icon name="close" size={12} />}
              onClick={() => {
                removeNote(id).catch(reportFailure);
              }}
            />
          </li>
        ))}
      </ul>
      <form className="note-form" onSubmit={add}>
        <input
          type="text"
          aria-label={t('queue.panel.add')}
          placeholder={t('queue.panel.add')}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          {t('queue.panel.addButton')}
        </Button>
      </form>
    </>
  );
}
