import type { TFunction } from 'i18next';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { formulaText } from '../../../shared/rule-words.ts';
import { DEFAULT_RULES, isUnchosen, type VersionedRules } from '../../../shared/rules.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { today } from '../../bridge/clock.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CalendarFields, sourceText } from './calendar-fields.tsx';
import { type DraftProblem, draftOf, type RulesDraft, rulesOf } from './rules-draft.ts';
import { RulesHistory } from './rules-history.tsx';
import { ToleranceFields } from './tolerance-fields.tsx';
import { useRules } from './use-rules.ts';

/** What decides whether a check finds something: tolerances, days, hosts, the closed period; chosen with a reason. */
export function ConnectionRulesCard(): ReactNode {
  const { t } = useTranslation();
  const { inForce, history, error } = useRules();
  return (
    <section className="card" aria-label={t('rules.title')}>
      <h2>
        {t('rules.title')}{' '}
        {inForce !== null && (
          <span className="tag">
            {isUnchosen(inForce) ? t('rules.assumed') : t('rules.version', { version: inForce.version })}
          </span>
        )}
      </h2>
      {error !== null && <ErrorNotice error={error} />}
      {inForce !== null && <RulesForm key={inForce.version} inForce={inForce} history={history} />}
    </section>
  );
}

/** What is wrong, with days and sources as the form shows them. */
function problemText({ code, value }: DraftProblem, t: TFunction, day: (day: string) => string): string {
  if (code === 'calendar-day') return t(`rules.problem.${code}`, { value: day(value) });
  if (code === 'calendar-twice') return t(`rules.problem.${code}`, { value: sourceText(value, t) });
  return t(`rules.problem.${code}`, { value });
}

interface RulesFormProps {
  inForce: VersionedRules;
  history: Parameters<typeof RulesHistory>[0]['history'];
}

function RulesForm({ inForce, history }: RulesFormProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { language, timeZone } = useSession((state) => state.settings);
  const [draft, setDraft] = useState<RulesDraft>(() => draftOf(inForce.rules, language));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<DraftProblem | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const [takenBack, setTakenBack] = useState(false);
  const [takenOver, setTakenOver] = useState<number | null>(null);
  useEffect(() => setDraft(draftOf(inForce.rules, language)), [inForce, language]);
  const form = useRef<HTMLFormElement>(null);
  // The form is longer than the window: what is wrong may stand far above the button.
  useEffect(() => {
    if (problem === null) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus({ preventScroll: true });
    form.current?.querySelector('.field-error')?.scrollIntoView({ block: 'nearest' });
  }, [problem]);

  const change = (part: Partial<RulesDraft>): void => {
    setTakenBack(false);
    setDraft((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const said = rulesOf(draft, today(timeZone));
    if ('problem' in said) {
      setProblem(said.problem);
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const { version } = await call('rules.set', {
        rules: takenBack ? null : said.rules,
        reason: reason.trim(),
      });
      useToasts.getState().show({ topic: 'rules', tone: 'success', text: (say) => say('rules.saved', { version }) });
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const wrongIn = (field: DraftProblem['field']): string | null =>
    problem?.field === field ? problemText(problem, t, format.day) : null;

  return (
    <form ref={form} className="inline-form" onSubmit={(event) => void save(event)}>
      <div>
        <strong>{t('rules.formula')}</strong>
        <p>{formulaText(draft.formula, language)}</p>
      </div>
      <Field label={t('rules.quantityKey')} help={t('rules.quantityKeyHelp')} error={wrongIn('quantityKey')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            spellCheck={false}
            maxLength={64}
            value={draft.quantityKey}
            onChange={(event) => change({ quantityKey: event.target.value })}
          />
        )}
      </Field>
      <ToleranceFields
        tolerances={draft.tolerances}
        problem={wrongIn('tolerances')}
        onChange={(tolerances) => change({ tolerances })}
      />
      <Field label={t('rules.stuckDays')} help={t('rules.stuckDaysHelp')} error={wrongIn('stuckDays')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            inputMode="numeric"
            maxLength={3}
            value={draft.stuckDays}
            onChange={(event) => change({ stuckDays: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('rules.hosts')} help={t('rules.hostsHelp')} error={wrongIn('hosts')}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            spellCheck={false}
            maxLength={13_000}
            value={draft.hosts}
            onChange={(event) => change({ hosts: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('rules.closedUntil')}
        help={t('rules.closedUntilHelp', { example: format.day('2026-01-31') })}
        error={wrongIn('closedUntil')}
      >
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={20}
            value={draft.closedUntil}
            onChange={(event) => change({ closedUntil: event.target.value })}
          />
        )}
      </Field>
      <CalendarFields
        calendars={draft.calendars}
        problem={wrongIn('calendars')}
        onChange={(calendars) => change({ calendars })}
      />
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
      {takenBack && <p role="status">{t('rules.takenBack')}</p>}
      {takenOver !== null && <p role="status">{t('rules.takenOver', { version: takenOver })}</p>}
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <div className="form-actions">
        <Button type="submit" disabled={busy || reason.trim() === ''}>
          {t('rules.save')}
        </Button>
      </div>
      <RulesHistory
        history={history}
        inForce={inForce}
        onAgain={({ version, rules, assumed }) => {
          change(draftOf(rules, language));
          setTakenBack(assumed === true);
          setTakenOver(assumed === true ? null : version);
        }}
        onBack={() => {
          change(draftOf(DEFAULT_RULES, language));
          setTakenBack(true);
          setTakenOver(null);
        }}
      />
    </form>
  );
}
