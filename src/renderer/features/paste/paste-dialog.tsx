import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { CallResponse } from '../../../shared/ipc/contract.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { PastePreview } from './paste-preview.tsx';

type Preview = CallResponse<'corrections.previewPaste'>;

/** Takes rows copied from a spreadsheet: shows what each would set or why it cannot, then queues those that can be. */
export function PasteDialog({ onClose }: { onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  /** Only the newest question's answer counts. */
  const asked = useRef(0);

  const check = async (rows: string): Promise<void> => {
    asked.current += 1;
    const question = asked.current;
    setError(null);
    setPreview(null);
    if (rows.trim() === '') return;
    setBusy(true);
    try {
      const answer = await call('corrections.previewPaste', { text: rows });
      if (question === asked.current) setPreview(answer);
    } catch (thrown) {
      if (question === asked.current) setError(asAppError(thrown));
    } finally {
      if (question === asked.current) setBusy(false);
    }
  };

  const add = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { queued, refused } = await call('corrections.addPaste', { text });
      const counted = format.counted(queued);
      useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('paste.done', counted) });
      if (refused.length === 0) return onClose();
      setPreview({ rows: refused, good: 0, bad: refused.length, ignored: [] });
    } catch (thrown) {
      setError(asAppError(thrown));
    }
    setBusy(false);
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void (preview === null ? check(text) : add());
  };

  return (
    <form onSubmit={submit}>
      <Dialog
        title={t('paste.title')}
        wide
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="submit" kind="primary" disabled={busy || text.trim() === '' || preview?.good === 0}>
              {busy
                ? t('paste.checking')
                : preview === null || preview.good === 0
                  ? t('paste.check')
                  : t('paste.add', format.counted(preview.good))}
            </Button>
          </>
        }
      >
        <Field label={t('paste.text')} help={t('paste.help')}>
          {(ids) => (
            <textarea
              {...ids}
              className="paste-text"
              rows={preview === null ? 8 : 3}
              maxLength={4_000_000}
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setPreview(null);
              }}
              onPaste={(event) => {
                // Into an empty box: what is copied is all there is, so that it is checked at once.
                if (text !== '') return;
                const copied = event.clipboardData.getData('text/plain');
                event.preventDefault();
                setText(copied);
                void check(copied);
              }}
            />
          )}
        </Field>
        {error !== null && <ErrorNotice error={error} />}
        {preview !== null && <PastePreview {...preview} />}
      </Dialog>
    </form>
  );
}
