import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeriod } from '../../app/use-period.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { ReportResultCard } from './report-result.tsx';

/** Writes the reconciliation report of the period and says exactly what was written. */
export function ReportsScreen(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const settings = useSession((state) => state.settings);
  const { exporting, exportError, exportResult, exportReport } = useJobs();
  const [fileFormat, setFileFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [language, setLanguage] = useState<'en' | 'tr'>(settings.language);
  const isAll = period.from === null && period.to === null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void exportReport({ kind: 'reconciliation', format: fileFormat, period, language });
  };

  return (
    <div className="screen page">
      <div className="page-columns">
        <form className="card" aria-label={t('reports.reconciliation')} onSubmit={submit}>
          <h2>{t('reports.reconciliation')}</h2>
          <p className="muted">{t('reports.text')}</p>
          <fieldset className="choice-list">
            <legend>{t('reports.format')}</legend>
            {(['xlsx', 'csv'] as const).map((kind) => (
              <label key={kind} className={fileFormat === kind ? 'is-on' : ''}>
                <input
                  type="radio"
                  name="format"
                  value={kind}
                  checked={fileFormat === kind}
                  onChange={() => setFileFormat(kind)}
                />
                <span>
                  <b>{t(`reports.${kind}`)}</b>
                  <span className="field-help">{t(`reports.${kind}Help`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <dl className="facts">
            <div>
              <dt>{t('reports.language')}</dt>
              <dd>
                <Segmented
                  label={t('reports.language')}
                  value={language}
                  options={[
                    { value: 'en', label: 'English' },
                    { value: 'tr', label: 'Türkçe' },
                  ]}
                  onChange={(chosen: 'en' | 'tr') => setLanguage(chosen)}
                />
              </dd>
            </div>
            <div>
              <dt>{t('reports.period')}</dt>
              <dd>
                <b>{isAll ? t('period.all') : format.period(period)}</b>
                <span className="cell-note">{t('reports.periodHelp')}</span>
              </dd>
            </div>
            <div>
              <dt>{t('reports.company')}</dt>
              <dd>
                {settings.company === '' ? <span className="muted">{t('reports.companyNone')}</span> : settings.company}
              </dd>
            </div>
          </dl>
          {exportError !== null && <ErrorNotice error={exportError} title={t('reports.failed')} />}
          {exporting ? (
            <ExportProgress />
          ) : (
            <div className="form-actions">
              <Button type="submit" kind="primary">
                {t('reports.export')}
              </Button>
            </div>
          )}
        </form>
        {exportResult === null ? (
          <p className="card card-empty muted">{t('reports.empty')}</p>
        ) : (
          <ReportResultCard result={exportResult} />
        )}
      </div>
    </div>
  );
}

function ExportProgress(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useJobs((state) => state.exportProgress);
  const cancel = (): void => {
    call('reports.cancel').catch((thrown: unknown) => useJobs.setState({ exportError: asAppError(thrown) }));
  };
  return (
    <div className="export-progress">
      <Progress label={t('reports.exporting')} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <span className="strip-facts">
        {progress === null
          ? t('reports.exporting')
          : t('reports.progress', { done: format.count(progress.done), total: format.count(progress.total) })}
      </span>
      <Button onClick={cancel}>{t('reports.cancel')}</Button>
    </div>
  );
}
