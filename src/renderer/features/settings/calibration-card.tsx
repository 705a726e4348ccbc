import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Calibration, FORMULA_PARTS } from '../../../shared/calibration.ts';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CandidateTable } from './candidate-table.tsx';

/** Finds out which formula the amounts of the open connection's orders follow, and lets a person choose. */
export function CalibrationCard(): ReactNode {
  const { t } = useTranslation();
  const [found, setFound] = useState<Calibration | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const run = async (): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      setFound(await call('rules.calibrate', { period: { from: null, to: null } }));
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setRunning(false);
    }
  };

  return (
    <section className="card" aria-label={t('calibration.title')} aria-busy={running}>
      <h2>{t('calibration.title')}</h2>
      <p className="muted">{t('calibration.text')}</p>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      {found !== null && found.proposal === null && <p role="status">{t('calibration.nothing')}</p>}
      {found !== null && found.proposal !== null && <Found found={found} onChosen={() => void run()} />}
      <div className="form-actions">
        <Button disabled={running} onClick={() => void run()}>
          {running ? t('calibration.running') : t('calibration.run')}
        </Button>
      </div>
    </section>
  );
}

function Found({ found, onChosen }: { found: Calibration; onChosen(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = {
    orders: format.count(found.orders),
    notJudged: format.count(found.notJudged),
    lines: format.count(found.lines),
    withQuantity: format.count(found.linesWithQuantity),
    merged: format.count(found.mergedLines),
  };
  return (
    <>
      <p role="status">{t('calibration.judged', numbers)}</p>
      <QuantityKeyText found={found} />
      <p className="field-help">{t('calibration.quantity', numbers)}</p>
      <ul className="evidence">
        {FORMULA_PARTS.map((part) => (
          <li key={part}>
            <span className={found.evidence[part] === 'told' ? 'is-told' : 'is-open'}>
              {t(`calibration.evidence.${found.evidence[part]}`, { part: t(`calibration.part.${part}`) })}
            </span>
          </li>
        ))}
      </ul>
      <Choice found={found} onChosen={onChosen} />
    </>
  );
}

/** Under which attribute quantities are, whether what is held was read by it, and which others there are. */
function QuantityKeyText({ found: { lines, quantityKey } }: { found: Calibration }): ReactNode {
  const { t } = useTranslation();
  const { inForce, heldBy, others } = quantityKey;
  const read = heldBy === null ? t('calibration.heldByNone') : t('calibration.heldBy', { key: heldBy });
  return (
    <p className="field-help">
      {t('calibration.quantityKey', { key: inForce })}
      {lines > 0 && heldBy !== inForce && <span className="is-open"> {read}</span>}
      {others.length > 0 && ` ${t('calibration.others', { names: others.map((name) => `“${name}”`).join(', ') })}`}
    </p>
  );
}

function Choice({ found, onChosen }: { found: Calibration; onChosen(): void }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const [place, setPlace] = useState(0);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const choose = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const chosen = found.candidates[place];
    if (chosen === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const { rules } = await call('rules.get');
      const { version } = await call('rules.set', {
        rules: { ...rules, formula: chosen.formula },
        reason: reason.trim(),
      });
      useToasts.getState().show({ topic: 'rules', tone: 'success', text: (say) => say('rules.saved', { version }) });
      setReason('');
      onChosen();
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="inline-form" onSubmit={(event) => void choose(event)}>
      <CandidateTable candidates={found.candidates} language={language} place={place} onPlace={setPlace} />
      <Field label={t('rules.reason')} help={t('rules.reasonHelp')}>
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
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <div className="form-actions">
        <Button type="submit" disabled={busy || reason.trim() === ''}>
          {t('calibration.choose')}
        </Button>
      </div>
    </form>
  );
}
