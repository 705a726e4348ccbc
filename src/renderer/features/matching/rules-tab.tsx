import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type StatementKind, statementKind } from '../../../shared/statements.ts';
import { isEdited, useMatchRules } from '../../stores/match-rules-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { BackTestResult } from './back-test-result.tsx';
import { RuleList } from './rule-list.tsx';

/** The ordered rules of each kind of statement, and what changed ones would do before they are put in force. */
export function RulesTab(): ReactNode {
  const { t } = useTranslation();
  const { inForce, draft, test, work, error, read, setRules, discard, backTest } = useMatchRules();
  const [kind, setKind] = useState<StatementKind>('erp');
  const edited = isEdited({ inForce, draft });

  useEffect(() => void read(), [read]);

  return (
    <div className="page">
      <div className="page-columns">
        <section className="card" aria-label={t('matchRules.title')}>
          <h2>{t('matchRules.title')}</h2>
          <p className="muted">{t('matchRules.text')}</p>
          {error !== null && <ErrorNotice error={error} onRetry={() => void read()} />}
          <Segmented
            label={t('matchRules.kind')}
            value={kind}
            options={statementKind.options.map((each) => ({ value: each, label: t(`statements.kindShort.${each}`) }))}
            onChange={(chosen: StatementKind) => setKind(chosen)}
          />
          {draft === null ? (
            <p className="muted">{t('common.loading')}</p>
          ) : (
            <RuleList rules={draft[kind]} onChange={(rules) => setRules(kind, rules)} />
          )}
          <div className="form-actions">
            <span className="muted rules-version">
              {inForce === null || inForce.version === 0
                ? t('matchRules.standard')
                : t('matchRules.version', { version: inForce.version })}
            </span>
            <span className="top-gap" />
            <Button disabled={!edited || work !== null} onClick={discard}>
              {t('matchRules.reset')}
            </Button>
            <Button kind="primary" disabled={!edited || work !== null} onClick={() => void backTest()}>
              {t('matchRules.test')}
            </Button>
          </div>
        </section>
        <section className="card" aria-label={t('matchRules.result')} aria-live="polite" aria-busy={work !== null}>
          <h2>{t('matchRules.result')}</h2>
          {work !== null && <Progress label={t('matchRules.testing')} done={0} total={null} />}
          {test === null ? (
            <p className="muted">{t('matchRules.testFirst')}</p>
          ) : (
            <>
              <BackTestResult test={test} />
              <Activation />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** Asks why the rules change; only rules that were tried can be put in force. */
function Activation(): ReactNode {
  const { t } = useTranslation();
  const { work, activate } = useMatchRules();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') void activate(reason.trim());
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <Field label={t('matchRules.reason')} help={t('matchRules.reasonHelp')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="form-actions">
        <Button type="submit" kind="primary" disabled={work !== null || reason.trim() === ''}>
          {t('matchRules.activate')}
        </Button>
      </div>
    </form>
  );
}
