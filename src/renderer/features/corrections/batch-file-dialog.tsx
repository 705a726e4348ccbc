import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedBatchFile } from '../../../shared/batches.ts';
import { correctionField } from '../../../shared/corrections.ts';
import { useBatches } from '../../stores/batches-store.ts';
import { usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { BatchTotals } from './batch-totals.tsx';
import { fieldLabel } from './field-label.ts';
import { useFieldText } from './field-text.ts';

/** The file says the rest. */
const LINES_SHOWN = 100;

/** The two doors for batches that are approved at another workstation. */
export function BatchFileButtons(): ReactNode {
  const { t } = useTranslation();
  const { file, openFile, importApproval } = useBatches();
  return (
    <>
      <Button icon={<Icon name="folder" size={14} />} onClick={() => void openFile()}>
        {t('batches.openFile')}
      </Button>
      <Button onClick={() => void importApproval()}>{t('batches.importApproval')}</Button>
      {file !== null && <BatchFileDialog file={file} />}
    </>
  );
}

/** A batch from another workstation: what it holds, whose signature it carries, and the approval of it. */
function BatchFileDialog({ file }: { file: OpenedBatchFile }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { closeFile, approveFile, error } = useBatches();
  const signedIn = usePeople((state) => state.signedIn);
  const facts: [string, ReactNode][] = [
    [t('batchFile.connection'), file.connection],
    [t('batchFile.maker'), file.maker],
    [t('batchFile.submittedAt'), format.instant(file.submittedAt)],
    [
      t('batchFile.reason'),
      <span key="reason" className="breakable">
        {file.reason}
      </span>,
    ],
    [
      t('batchFile.fingerprint'),
      <span key="key">
        <span className="code">{file.fingerprint}</span>{' '}
        <span className={`tag ${file.makerKnown ? 'tag-good' : 'tag-warning'}`}>
          {t(file.makerKnown ? 'batchFile.known' : 'batchFile.unknown')}
        </span>
      </span>,
    ],
  ];
  return (
    <Dialog
      title={t('batchFile.title', { number: file.number })}
      wide
      onClose={closeFile}
      actions={
        <>
          <Button onClick={closeFile}>{t('common.cancel')}</Button>
          <Button kind="primary" disabled={signedIn === null} onClick={() => void approveFile(file)}>
            {t('batchFile.approve')}
          </Button>
        </>
      }
    >
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={file.makerKnown ? 'muted' : 'warning-text'}>
        {t(file.makerKnown ? 'batchFile.knownText' : 'batchFile.unknownText', { maker: file.maker })}
      </p>
      <BatchTotals batch={{ totals: file.totals, count: file.lines.length }} />
      <FileLines file={file} />
      {signedIn === null && (
        <p className="who-note" role="status">
          <Icon name="info" size={14} />
          <span>{t('batchFile.signIn')}</span>
        </p>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

function FileLines({ file }: { file: OpenedBatchFile }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldText = useFieldText();
  const more = file.lines.length - LINES_SHOWN;
  return (
    <details className="file-lines">
      <summary>{t('batchFile.lines', format.counted(file.lines.length))}</summary>
      <ul>
        {file.lines.slice(0, LINES_SHOWN).map((line) => (
          <li key={`${line.order} ${line.lineId} ${line.fields.map(({ field }) => field).join()}`}>
            <span className="code">{line.order}</span>
            {line.lineId !== null && <span className="muted"> {t('corrections.line', { id: line.lineId })}</span>}
            {line.fields.map(({ field: name, base, target }) => {
              const field = correctionField.safeParse(name);
              if (!field.success) return <p key={name}>{name}</p>;
              return (
                <p key={name} className="line-change">
                  <span className="muted">{fieldLabel(t, field.data)}:</span> {fieldText(field.data, base)}{' '}
                  <Icon name="arrow" size={10} /> <b>{fieldText(field.data, target)}</b>
                </p>
              );
            })}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('batchFile.more', format.counted(more))}</p>}
    </details>
  );
}
