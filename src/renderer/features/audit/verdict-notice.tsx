import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditVerdict } from '../../../shared/audit.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** What recomputing the chain showed, in words. */
export function VerdictNotice({ verdict, onDismiss }: { verdict: AuditVerdict; onDismiss(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { bad, keyed, uncheckedKeyed, plain, outside, head, entries } = verdict;
  return (
    <div
      className={`notice audit-verdict${bad === null ? '' : ' notice-error'}`}
      role={bad === null ? 'status' : 'alert'}
    >
      <Icon name={bad === null ? 'check' : 'exceptions'} />
      <div className="notice-text">
        <p>
          <strong>{bad === null ? t('audit.verdict.ok', format.counted(entries)) : t('audit.verdict.broken')}</strong>{' '}
          {bad !== null && t(`audit.verdict.${bad.kind}`, { entry: format.count(bad.entry) })}
        </p>
        {keyed > 0 && <p>{t('audit.verdict.keyed', format.counted(keyed))}</p>}
        {uncheckedKeyed > 0 && <p>{t('audit.verdict.unchecked', format.counted(uncheckedKeyed))}</p>}
        {plain > 0 && <p>{t('audit.verdict.plain', format.counted(plain))}</p>}
        {!outside && <p>{t('audit.verdict.noOutside')}</p>}
        {head !== null && (
          <p>
            {t('audit.verdict.endOfChain')}: <span className="code">{`${entries} ${head}`}</span>
          </p>
        )}
        {bad !== null && (
          <details className="notice-detail">
            <summary>{t('common.technicalDetail')}</summary>
            <p lang="en">{bad.message}</p>
          </details>
        )}
      </div>
      <Button kind="quiet" aria-label={t('common.dismiss')} icon={<Icon name="close" />} onClick={onDismiss} />
    </div>
  );
}
