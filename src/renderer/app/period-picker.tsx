import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDayForPeople } from '../../shared/format.ts';
import type { Period } from '../../shared/period.ts';
import { PERIOD_PRESETS } from '../stores/period-choice.ts';
import { useSession } from '../stores/session-store.ts';
import { useView } from '../stores/view-store.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icons.tsx';
import { Popover } from '../ui/popover.tsx';
import { useFormat } from '../ui/use-format.ts';
import { usePeriod } from './use-period.ts';

/** Chooses the days that every list and report is cut to. */
export function PeriodPicker(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { periodChoice, setPeriod } = useView();
  const timeZone = useSession((state) => state.settings.timeZone);
  const period = usePeriod();
  const isAll = period.from === null && period.to === null;
  const name = periodChoice.preset === 'custom' ? null : t(`period.${periodChoice.preset}`);
  const days = isAll ? t('period.all') : format.period(period);

  return (
    <Popover
      label={t('period.choose', { period: name === null || isAll ? days : `${name}, ${days}` })}
      align="right"
      trigger={
        <>
          <Icon name="calendar" size={14} />
          {name !== null && <span>{name}</span>}
          {!isAll && <span className={name === null ? '' : 'muted wide-only'}>{days}</span>}
        </>
      }
    >
      {(close) => (
        <div className="menu period-menu">
          <p className="menu-title">{t('period.title')}</p>
          {PERIOD_PRESETS.map((preset) => (
            <button
              key={preset}
              type="button"
              className={`menu-item${periodChoice.preset === preset ? ' is-on' : ''}`}
              aria-current={periodChoice.preset === preset}
              onClick={() => {
                setPeriod({ preset });
                close();
              }}
            >
              <span className="menu-check">{periodChoice.preset === preset && <Icon name="check" size={14} />}</span>
              {t(`period.${preset}`)}
            </button>
          ))}
          <hr />
          <CustomPeriod
            period={period}
            onApply={(chosen) => {
              setPeriod({ preset: 'custom', period: chosen });
              close();
            }}
          />
          <p className="menu-foot">{t('period.zone', { zone: timeZone })}</p>
        </div>
      )}
    </Popover>
  );
}

interface CustomPeriodProps {
  period: Period;
  onApply(period: Period): void;
}

/** Two days as people type them. An empty field leaves that side open. */
function CustomPeriod({ period, onApply }: CustomPeriodProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [from, setFrom] = useState(period.from === null ? '' : format.day(period.from));
  const [to, setTo] = useState(period.to === null ? '' : format.day(period.to));
  const [tried, setTried] = useState(false);

  const read = (text: string): string | null => (text.trim() === '' ? null : parseDayForPeople(text));
  const isBad = (text: string): boolean => text.trim() !== '' && read(text) === null;
  const first = read(from);
  const last = read(to);
  const bad = t('period.notADay', { example: t('period.example') });
  const endsEarly = first !== null && last !== null && last < first;
  const toError = isBad(to) ? bad : endsEarly ? t('period.endsEarly') : null;

  const apply = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isBad(from) && toError === null) onApply({ from: first, to: last });
  };

  return (
    <form className="period-custom" onSubmit={apply} noValidate>
      <p className="menu-title">{t('period.custom')}</p>
      <div className="period-days">
        <Field label={t('period.from')} error={tried && isBad(from) ? bad : null}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              value={from}
              placeholder={t('period.exampleFrom')}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('period.to')} error={tried ? toError : null}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              value={to}
              placeholder={t('period.example')}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="period-actions">
        <span className="field-help">{t('period.openSide')}</span>
        <Button type="submit">{t('common.apply')}</Button>
      </div>
    </form>
  );
}
