import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useImport } from '../../stores/import-store.ts';
import { useStatements } from '../../stores/statements-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { DecimalsStep } from './decimals-step.tsx';
import { FileStep } from './file-step.tsx';
import { SourceStep } from './source-step.tsx';
import { WorkStrip } from './work-strip.tsx';

/** The import of a file on one page: each step shows once the one before has something to say. */
export function ImportTab(): ReactNode {
  const { t } = useTranslation();
  const { preview, spec, imported, error, work, readProfiles } = useImport();
  const dismiss = (): void => useImport.setState({ error: null });

  useEffect(() => void readProfiles(), [readProfiles]);

  return (
    <section className="page import-page" aria-label={t('importing.title')} aria-busy={work !== null}>
      <div className="import-steps">
        <FileStep />
        {error !== null && <ErrorNotice error={error} onDismiss={dismiss} />}
        {work !== null && <WorkStrip />}
        {imported !== null ? (
          <Imported />
        ) : (
          preview !== null &&
          spec !== null && (
            <>
              <SourceStep preview={preview} spec={spec} />
              <ColumnsStep preview={preview} spec={spec} />
              <DecimalsStep preview={preview} spec={spec} />
              <CheckStep preview={preview} spec={spec} />
            </>
          )
        )}
      </div>
    </section>
  );
}

/** What the import has made, and where to go on. */
function Imported(): ReactNode {
  const { t } = useTranslation();
  const { imported, startOver } = useImport();
  const format = useFormat();
  const { openMatching } = useStatements();
  if (imported === null) return null;
  return (
    <section className="card import-done" role="status">
      <h2 className="result-title">
        <span className="result-mark">
          <Icon name="check" size={14} />
        </span>
        {t('importing.done', { id: imported.statement, rows: t('importing.rows', format.counted(imported.accepted)) })}
      </h2>
      <div className="form-actions">
        <Button onClick={startOver}>{t('importing.next')}</Button>
        <Button kind="primary" onClick={() => openMatching(imported.statement)}>
          {t('statements.panel.openMatching')}
        </Button>
      </div>
    </section>
  );
}
