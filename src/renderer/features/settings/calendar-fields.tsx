import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commonCalendarText, religiousText } from '../../../shared/rule-words.ts';
import { holidayChoice } from '../../../shared/rules.ts';
import { STATEMENT_KINDS, type StatementProfile } from '../../../shared/statements.ts';
import { call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type KindOf, type RulesDraft, withCalendar, withSource } from './rules-draft.ts';

type CalendarDraft = RulesDraft['calendars'][number];

interface CalendarFieldsProps {
  calendars: RulesDraft['calendars'];
  /** What is wrong with one of them; null = nothing. */
  problem: string | null;
  onChange(calendars: RulesDraft['calendars']): void;
}

/** Monday first, as people read a week. */
const WEEK = [
  ['mon', 1],
  ['tue', 2],
  ['wed', 3],
  ['thu', 4],
  ['fri', 5],
  ['sat', 6],
  ['sun', 0],
] as const;

/** On which days each source of statements works; a source that is not there has the default. */
export function CalendarFields({ calendars, problem, onChange }: CalendarFieldsProps): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const { sources, kindOf } = useSources();
  const unused = sources.find((name) => calendars.every(({ source }) => source !== name));
  const change = (key: number, part: Partial<CalendarDraft>): void =>
    onChange(calendars.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = (): void => {
    if (unused !== undefined) onChange(withCalendar(calendars, unused, kindOf));
  };
  return (
    <fieldset className="tolerances calendars">
      <legend>{t('rules.calendars')}</legend>
      <p className="field-help">{t('rules.calendarsHelp')}</p>
      {calendars.map((each, index) => (
        <OneCalendar
          key={each.key}
          calendar={each}
          place={index + 1}
          sources={sources}
          onChange={(part) => change(each.key, part)}
          onSource={(source) => onChange(withSource(calendars, { key: each.key, source }, kindOf))}
          onRemove={() => onChange(calendars.filter(({ key }) => key !== each.key))}
        />
      ))}
      <p className="field-help begins-sentence">{commonCalendarText(calendars.length > 0, language)}</p>
      <p className="field-help">{religiousText(language)}</p>
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <Button kind="quiet" disabled={unused === undefined} onClick={add}>
        {t('rules.addCalendar')}
      </Button>
    </fieldset>
  );
}

/** A source as people call it: a kind of statements by its name, a profile by its own. */
export function sourceText(source: string, t: TFunction): string {
  const kind = STATEMENT_KINDS.find((each) => each === source);
  return kind === undefined ? source : t(`statements.kind.${kind}`);
}

interface OneCalendarProps {
  calendar: CalendarDraft;
  place: number;
  sources: readonly string[];
  onChange(part: Partial<CalendarDraft>): void;
  onSource(source: string): void;
  onRemove(): void;
}

function OneCalendar({ calendar, place, sources, onChange, onSource, onRemove }: OneCalendarProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { source, weekend, holidays } = calendar;
  const toggle = (day: number): void =>
    onChange({ weekend: weekend.includes(day) ? weekend.filter((each) => each !== day) : [...weekend, day].sort() });
  return (
    <fieldset className="calendar" aria-label={t('rules.calendar', { place })} data-testid="calendar">
      <div className="calendar-head">
        <Field label={t('rules.calendarSource')}>
          {(ids) => (
            <select
              {...ids}
              aria-label={t('rules.calendarOf', { place })}
              value={source}
              onChange={(event) => onSource(event.target.value)}
            >
              {[...new Set([...sources, source])].map((each) => (
                <option key={each} value={each}>
                  {sourceText(each, t)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('rules.calendarHolidays')}>
          {(ids) => (
            <select
              {...ids}
              aria-label={t('rules.holidays', { place })}
              value={holidays}
              onChange={(event) => onChange({ holidays: holidayChoice.parse(event.target.value) })}
            >
              {holidayChoice.options.map((each) => (
                <option key={each} value={each}>
                  {t(`rules.holidayChoice.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button
          kind="quiet"
          aria-label={t('rules.removeCalendar', { place })}
          icon={<Icon name="close" />}
          onClick={onRemove}
        />
      </div>
      <fieldset className="calendar-week">
        <legend>{t('rules.weekend')}</legend>
        {WEEK.map(([word, day]) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={weekend.includes(day)}
              disabled={weekend.length === 6 && !weekend.includes(day)}
              onChange={() => toggle(day)}
            />
            {t(`rules.weekday.${word}`)}
          </label>
        ))}
      </fieldset>
      {(['closed', 'open'] as const).map((list) => (
        <Field
          key={list}
          label={t(`rules.${list}Days`)}
          help={t(`rules.${list}DaysHelp`, { example: format.day('2026-08-31') })}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={1}
              maxLength={20_000}
              value={calendar[list]}
              onChange={(event) => onChange({ [list]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}

/** Every source that may have a calendar: the kinds of statements, and the saved profiles, each with its kind. */
function useSources(): { sources: readonly string[]; kindOf: KindOf } {
  const [profiles, setProfiles] = useState<readonly Pick<StatementProfile, 'name' | 'kind'>[]>([]);
  const dataVersion = useSession((state) => state.dataVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: profiles are saved while the form is open
  useEffect(() => {
    let current = true;
    call('profiles.list')
      .then((found) => current && setProfiles(found))
      // Without the profiles the kinds can still be chosen.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [dataVersion]);
  const kinds: readonly string[] = STATEMENT_KINDS;
  return {
    sources: [...kinds, ...profiles.map(({ name }) => name)],
    kindOf: (source) => kinds.find((kind) => kind === source) ?? profiles.find(({ name }) => name === source)?.kind,
  };
}
