import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingSummary } from '../../../shared/findings.ts';
import { checkHelp, checkTitle } from '../../i18n/check-texts.ts';
import { useFindings } from '../../stores/findings-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Every check with what it found; a click shows its findings alone. */
export function CheckList(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, summary, setCheck } = useFindings();
  const checks = useSession((state) => state.checks);
  const chosen = filter.checks[0] ?? null;
  const total = (summary ?? []).reduce((sum, entry) => sum + entry.count, 0);
  const found = new Map((summary ?? []).map((entry) => [entry.check, entry]));
  // All were counted at the same time.
  const skippedAsOf = (summary ?? []).find(({ skipped }) => skipped > 0)?.skippedAsOf ?? null;

  return (
    <nav className="checks" aria-label={t('exceptions.summary')}>
      <button
        type="button"
        className={`check${chosen === null ? ' is-on' : ''}`}
        aria-current={chosen === null}
        onClick={() => setCheck(null)}
      >
        <span className="check-name">{t('exceptions.all')}</span>
        <span className="check-count">{summary === null ? '' : format.count(total)}</span>
      </button>
      {skippedAsOf !== null && (
        <p className="checks-as-of" title={t('exceptions.notJudgedHelp')}>
          {t('exceptions.notJudgedAsOf', { time: format.moment(skippedAsOf) })}
        </p>
      )}
      {checks.map(({ code: check }) => {
        const entry = found.get(check);
        const none = summary !== null && (entry === undefined || entry.count === 0);
        const skipped = entry?.skipped ?? 0;
        // What could not be judged did not pass.
        const isDone = none && skipped === 0;
        return (
          <button
            key={check}
            type="button"
            className={`check${chosen === check ? ' is-on' : ''}${none ? ' is-none' : ''}${isDone ? ' is-done' : ''}`}
            aria-current={chosen === check}
            title={skipped === 0 ? checkHelp(check) : `${checkHelp(check)} ${t('exceptions.notJudgedHelp')}`}
            onClick={() => setCheck(check)}
          >
            <span className="check-name">{checkTitle(check)}</span>
            {isDone ? (
              <span className="check-count" role="img" aria-label={format.count(0)}>
                <Icon name="check" size={14} />
              </span>
            ) : (
              <span className={none ? 'check-count' : `check-count tone-${entry?.severity ?? 'warning'}`}>
                {entry === undefined ? '' : format.count(entry.count)}
              </span>
            )}
            {skipped > 0 && (
              <span className="check-skipped">{t('exceptions.notJudged', { formatted: format.count(skipped) })}</span>
            )}
            {entry !== undefined && <Differences entry={entry} />}
          </button>
        );
      })}
    </nav>
  );
}

function Differences({ entry }: { entry: FindingSummary }): ReactNode {
  const format = useFormat();
  if (entry.differences.length === 0) return null;
  return (
    <span className="check-sums">
      {entry.differences.map(({ currency, difference }) => (
        <span key={currency}>
          <span className="num">{format.amount(difference, currency)}</span> <Currency code={currency} />
        </span>
      ))}
    </span>
  );
}
