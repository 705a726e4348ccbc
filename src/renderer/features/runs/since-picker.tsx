import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDayForPeople } from '../../../shared/format.ts';
import type { Closing } from '../../../shared/rules.ts';
import { useRuns } from '../../stores/runs-store.ts';
import { SINCE_PRESETS, type SinceChoice } from '../../stores/since-choice.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useFormat } from '../../ui/use-format.ts';

/**
 * Chooses since when changes are shown: today, Monday, the first of the month, the last close where there is one, or a day.
 * `day` is the one chosen.
 */
export function SincePicker({
  since,
  day,
  closing,
}: {
  since: SinceChoice;
  day: string;
  closing: Closing | null;
}): ReactNode {
  const { t } = useTranslation();
  const { setSince } = useRuns();
  const presets = [...SINCE_PRESETS, ...(closing === null ? [] : ['close' as const]), 'day'] as const;
  const choose = (preset: SinceChoice['preset']): void => setSince(preset === 'day' ? { preset, day } : { preset });
  return (
    <>
      <Segmented
        label={t('changes.since')}
        value={since.preset}
        options={presets.map((value) => ({ value, label: t(`changes.${value}`) }))}
        onChange={choose}
      />
      {since.preset === 'day' && <DayField day={day} onDay={(chosen) => setSince({ preset: 'day', day: chosen })} />}
    </>
  );
}

/** A day as people type it, taken over when the field is left or Enter is pressed. */
function DayField({ day, onDay }: { day: string; onDay(day: string): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(format.day(day));
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(format.day(day)), [day, format]);

  const keep = (event?: FormEvent): void => {
    event?.preventDefault();
    const read = parseDayForPeople(text);
    setWrong(read === null);
    if (read !== null && read !== day) onDay(read);
  };
  const problem = t('period.notADay', { example: t('period.example') });
  return (
    <form className="since-day" onSubmit={keep}>
      <input
        type="text"
        aria-label={t('changes.dayLabel')}
        aria-invalid={wrong}
        title={wrong ? problem : undefined}
        value={text}
        maxLength={20}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onBlur={() => keep()}
      />
      {wrong && (
        <span className="field-error" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
