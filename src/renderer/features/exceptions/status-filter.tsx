import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FINDING_STATUSES } from '../../../shared/queue.ts';
import { type FindingView, useFindings } from '../../stores/findings-store.ts';
import { Icon } from '../../ui/icons.tsx';

const VIEWS: readonly FindingView[] = ['queue', 'all', ...FINDING_STATUSES];

/** Which findings are listed by what is decided about them, and whose. */
export function StatusFilter(): ReactNode {
  const { t, i18n } = useTranslation();
  const { view, owners, filter, setView, setOwner } = useFindings();
  const names = [...owners].sort((a, b) => a.localeCompare(b, i18n.language));
  const word = (each: FindingView): string =>
    each === 'queue' || each === 'all' ? t(`queue.view.${each}`) : t(`findingStatus.${each}`);
  return (
    <>
      <label className={`select-filter${view === 'queue' ? '' : ' is-set'}`}>
        <span>{t('queue.filter')}</span>
        <select
          value={view}
          onChange={(event) => setView(VIEWS.find((each) => each === event.target.value) ?? 'queue')}
        >
          {VIEWS.map((each) => (
            <option key={each} value={each}>
              {word(each)}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={12} />
      </label>
      {(names.length > 0 || filter.owner !== undefined) && (
        <label className={`select-filter${filter.owner === undefined ? '' : ' is-set'}`}>
          <span>{t('queue.owner')}</span>
          <select
            value={filter.owner ?? ''}
            onChange={(event) => setOwner(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{t('queue.ownerAll')}</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="chevron" size={12} />
        </label>
      )}
    </>
  );
}
