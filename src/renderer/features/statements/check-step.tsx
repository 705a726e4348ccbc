import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportResult, StatementPreview, StatementSpec } from '../../../shared/statements.ts';
import { specInForce, useImport } from '../../stores/import-store.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { columnHints } from './column-hints.ts';
import { ProfileSaver } from './profile-saver.tsx';
import { RejectedTable } from './rejected-table.tsx';
import { statementPeriod } from './statement-columns.tsx';
import { StatementTotalsTable } from './totals-table.tsx';

/** Checks the whole file without storing anything, shows what an import would do, and imports. */
export function CheckStep({ preview, spec }: { preview: StatementPreview; spec: StatementSpec }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const draft = useImport();
  const { kind, outcome, work, check, store } = draft;
  const stopped = columnHints(preview, spec, kind).some(({ stops }) => stops);
  const isRead = specInForce(draft)?.decimal !== 'auto';
  const accepted = outcome?.accepted ?? 0;

  return (
    <section className="card step" aria-label={t('importing.step.check')}>
      <h2>{t('importing.step.check')}</h2>
      {outcome === null ? (
        <p className="muted">{isRead ? t('importing.checkHelp') : t('importing.chooseReading')}</p>
      ) : (
        <Outcome outcome={outcome} />
      )}
      <div className="form-actions">
        <ProfileSaver />
        <span className="top-gap" />
        <Button
          kind={outcome === null ? 'primary' : 'plain'}
          disabled={work !== null || stopped || !isRead || preview.alreadyImported !== null}
          onClick={() => void check()}
        >
          {t('importing.check')}
        </Button>
        {outcome !== null && (
          <Button kind="primary" disabled={work !== null || accepted === 0} onClick={() => void store()}>
            {t('importing.importNow', { rows: t('importing.rows', format.counted(accepted)) })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The four numbers that add up, the control totals, and why rows are rejected. */
function Outcome({ outcome: result }: { outcome: ImportResult }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="outcome" aria-label={t('importing.outcome.title')} aria-live="polite">
      <div className="outcome-columns">
        <table className="footing" data-testid="import-counts">
          <tbody>
            {(['accepted', 'rejected', 'duplicates'] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`importing.outcome.${name}`)}</th>
                <td className="num">{format.count(result[name])}</td>
              </tr>
            ))}
            <tr className="is-sum">
              <th scope="row">{t('importing.outcome.rows')}</th>
              <td className="num">{format.count(result.rows)}</td>
            </tr>
            <tr>
              <th scope="row">{t('importing.outcome.period')}</th>
              <td className="num">{statementPeriod(format, result) || t('importing.outcome.noDates')}</td>
            </tr>
          </tbody>
        </table>
        <StatementTotalsTable totals={result.totals} />
      </div>
      {result.accepted === 0 && <p className="warning-note">{t('importing.nothing')}</p>}
      {result.rejected > 0 && (
        <>
          <h3>{t('statements.rejected.title')}</h3>
          <RejectedTable rows={result.problems ?? []} total={result.rejected} />
        </>
      )}
    </section>
  );
}
