import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/findings.ts';
import { checkTitle } from '../../i18n/check-texts.ts';
import { useSession } from '../../stores/session-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { FindingExplanation } from './finding-explanation.tsx';

/** What the checks found about the order, each in one sentence with its amounts. */
export function FindingsSection({ findings }: { findings: readonly Finding[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  if (findings.length === 0) {
    return (
      <p className="agrees">
        <Icon name="check" size={14} /> {t('detail.noFindings')}
      </p>
    );
  }
  return (
    <section className="panel-section" aria-label={t('detail.findings')}>
      <h3>{t('detail.findings')}</h3>
      <ul className="finding-list">
        {findings.map((finding, place) => (
          // A check may say the same twice about an order: only the place tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={`${finding.check}-${place}`} className={`finding tone-${finding.severity}`}>
            <p className="finding-head">
              <strong>{checkTitle(finding.check)}</strong>
              <span className="finding-severity">
                {t(`severity.${finding.severity}`)} · {t(`findingStatus.${finding.status}`)}
              </span>
            </p>
            <p>{finding.text[language]}</p>
            {finding.difference !== null && (
              <p className="finding-amounts">
                <span>
                  {t('detail.expected')} <b className="num">{format.amount(finding.expected, finding.currency)}</b>
                </span>
                <span>
                  {t('detail.actual')} <b className="num">{format.amount(finding.actual, finding.currency)}</b>
                </span>
                <span>
                  {t('detail.difference')} <b className="num">{format.amount(finding.difference, finding.currency)}</b>{' '}
                  <Currency code={finding.currency} />
                </span>
              </p>
            )}
            {finding.difference !== null && <FindingExplanation finding={finding} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
