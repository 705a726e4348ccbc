import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { ControlRules, VersionedControl } from '../../../shared/users.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';

const RULES = ['makerChecker', 'cancellationCalls', 'unsendProven', 'clearProven'] as const;

/** The rules of control of this connection: who must approve, and what this Omnitron has been seen to do. */
export function ControlCard(): ReactNode {
  const { t } = useTranslation();
  const control = usePeople((state) => state.control);
  return (
    <section className="card" aria-label={t('control.title')}>
      <h2>
        {t('control.title')}{' '}
        {control !== null && (
          <span className="tag">
            {control.version === 0 ? t('control.assumed') : t('control.version', { version: control.version })}
          </span>
        )}
      </h2>
      {control !== null && <ControlForm key={control.version} control={control} />}
    </section>
  );
}

function ControlForm({ control }: { control: VersionedControl }): ReactNode {
  const { t } = useTranslation();
  const { users, signedIn, setControl } = usePeople();
  const [rules, setRules] = useState<ControlRules>(control.rules);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => setRules(control.rules), [control]);

  const changed = RULES.some((name) => rules[name] !== control.rules[name]);
  const people = users.filter(({ disabled }) => !disabled).length;
  const tooFew = rules.makerChecker && !control.rules.makerChecker && people < 2;
  const needsName = control.rules.makerChecker && signedIn === null;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await setControl(rules, reason.trim());
      setReason('');
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="inline-form" onSubmit={(event) => void save(event)}>
      {RULES.map((name) => (
        <RuleBox
          key={name}
          label={t(`control.${name}`)}
          help={t(`control.${name}Help`)}
          problem={name === 'makerChecker' && tooFew ? t('control.makerCheckerPeople') : null}
          checked={rules[name]}
          onChange={(on) => setRules((before) => ({ ...before, [name]: on }))}
        />
      ))}
      <Field
        label={t('control.reason')}
        help={t('control.reasonHelp')}
        error={changed && needsName ? t('control.needsName') : null}
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
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <div className="form-actions">
        <Button type="submit" disabled={busy || !changed || reason.trim() === '' || needsName || tooFew}>
          {t('control.save')}
        </Button>
      </div>
    </form>
  );
}

interface RuleBoxProps {
  label: string;
  help: string;
  problem: string | null;
  checked: boolean;
  onChange(checked: boolean): void;
}

function RuleBox({ label, help, problem, checked, onChange }: RuleBoxProps): ReactNode {
  return (
    <label className="rule-box">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <b>{label}</b>
        <span className="field-help">{help}</span>
        {problem !== null && (
          <span className="field-error" role="alert">
            {problem}
          </span>
        )}
      </span>
    </label>
  );
}
