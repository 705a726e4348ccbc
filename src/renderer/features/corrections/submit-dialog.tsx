import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchRow } from '../../../shared/batches.ts';
import { type CorrectionRow, correctionState } from '../../../shared/corrections.ts';
import { call } from '../../bridge/bridge.ts';
import { useBatches } from '../../stores/batches-store.ts';
import { controlOf, isSamePerson, usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { BatchTotals } from './batch-totals.tsx';
import { OneWayNotice } from './one-way.tsx';

/** Rows read to name the reasons why some are one-way; the count itself is the batch's. */
const LOOKED_AT = 500;

/** Closes a draft: what is in it, what of it cannot be taken back, and why it is made. */
export function SubmitDialog({ drafts, onClose }: { drafts: readonly BatchRow[]; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const submit = useBatches((state) => state.submit);
  const error = useBatches((state) => state.error);
  const { control, signedIn } = usePeople();
  const { makerChecker } = controlOf(control);
  const [id, setId] = useState(() => (drafts.find(({ maker }) => isSamePerson(maker, signedIn)) ?? drafts[0])?.id);
  const [reason, setReason] = useState(() => drafts.find((each) => each.id === id)?.reason ?? '');
  const [busy, setBusy] = useState(false);
  const formId = useId();
  // What went wrong before has nothing to do with this.
  useEffect(() => useBatches.getState().dismissError(), []);
  const draft = drafts.find((each) => each.id === id) ?? drafts[0];
  const rows = useFirstRows(draft?.id);
  if (draft === undefined) return null;
  const needsName = makerChecker && signedIn === null;

  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '' || needsName) return;
    setBusy(true);
    void submit(draft.id, reason.trim()).then((done) => {
      setBusy(false);
      if (done) onClose();
    });
  };

  return (
    <Dialog
      title={t('batches.submit.title', { number: draft.number })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            type="submit"
            form={formId}
            disabled={busy || needsName || reason.trim() === '' || draft.count === 0}
          >
            {t('batches.submit.confirm')}
          </Button>
        </>
      }
    >
      <form id={formId} className="decision-form" onSubmit={send}>
        {drafts.length > 1 && (
          <Field label={t('batches.submit.choose')}>
            {(ids) => (
              <select {...ids} value={draft.id} onChange={(event) => setId(Number(event.target.value))}>
                {drafts.map(({ id: each, number, maker, count }) => (
                  <option key={each} value={each}>
                    {t('batches.submit.option', { number, maker, formatted: format.count(count) })}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <p>{t(makerChecker ? 'batches.submit.checked' : 'batches.submit.direct')}</p>
        <BatchTotals batch={draft} />
        <OneWayNotice count={draft.oneWay} rows={rows} />
        <Field
          label={t('batches.panel.reason')}
          help={t('batches.submit.reasonHelp')}
          error={needsName ? t('batches.who.submit') : null}
        >
          {(ids) => (
            <input
              {...ids}
              type="text"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** The first corrections of a batch; empty while they are read. The batch's own panel reports what cannot be read. */
function useFirstRows(batch: number | undefined): readonly CorrectionRow[] {
  const [rows, setRows] = useState<readonly CorrectionRow[]>([]);
  useEffect(() => {
    let current = true;
    setRows([]);
    if (batch === undefined) return;
    call('corrections.list', { states: [...correctionState.options], batch, offset: 0, limit: LOOKED_AT })
      .then((answer) => current && setRows(answer.rows))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [batch]);
  return rows;
}
