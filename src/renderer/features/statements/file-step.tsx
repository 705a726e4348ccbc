import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementPreview } from '../../../shared/statements.ts';
import { useImport } from '../../stores/import-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

const DELIMITERS: Readonly<Record<string, 'comma' | 'semicolon' | 'tab' | 'pipe'>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

/** Which file, and what kind of file it turned out to be. */
export function FileStep(): ReactNode {
  const { t } = useTranslation();
  const { file, preview, work, imported, choose } = useImport();
  return (
    <section className="card step" aria-label={t('importing.step.file')}>
      <h2>{t('importing.step.file')}</h2>
      <div className="step-line">
        <Button
          kind={file === null ? 'primary' : 'plain'}
          icon={<Icon name="folder" size={14} />}
          disabled={work === 'importing'}
          onClick={() => void choose()}
        >
          {file === null ? t('importing.choose') : t('importing.chooseOther')}
        </Button>
        {file === null ? (
          <span className="muted">{t('importing.formats')}</span>
        ) : (
          <span>
            <b className="breakable">{file.name}</b>
            {preview !== null && <Facts preview={preview} />}
          </span>
        )}
      </div>
      {preview !== null && preview.alreadyImported !== null && imported === null && (
        <p className="warning-note" role="alert">
          <Icon name="warningMark" size={12} /> {t('importing.already', { id: preview.alreadyImported })}
        </p>
      )}
    </section>
  );
}

function Facts({ preview }: { preview: StatementPreview }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { delimiter, encoding, headerLine, rows } = preview;
  const known = delimiter === null ? undefined : DELIMITERS[delimiter];
  const facts = [
    preview.format === 'xlsx'
      ? t('importing.format.xlsx')
      : t('importing.format.delimited', {
          encoding: encoding ?? 'UTF-8',
          delimiter: known === undefined ? (delimiter ?? '') : t(`importing.delimiter.${known}`),
        }),
    headerLine === null ? t('importing.noHeader') : t('importing.header', { line: headerLine }),
    t('importing.rows', format.counted(rows)),
  ];
  return <span className="cell-note">{facts.join(' · ')}</span>;
}
