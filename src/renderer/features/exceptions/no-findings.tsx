import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFindings } from '../../stores/findings-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Why no finding is listed: the queue is empty, or nothing matches. */
export function NoFindings(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, view, progress, setView } = useFindings();
  if (view !== 'queue' || filter.text !== '' || filter.owner !== undefined) {
    return <EmptyState title={t('exceptions.noneTitle')} text={t('queue.noneText')} />;
  }
  const all = progress?.all ?? 0;
  if (all === 0) return <EmptyState done title={t('exceptions.doneTitle')} text={t('exceptions.doneText')} />;
  const text = progress?.open === 0 ? t('queue.doneText', format.counted(all)) : t('exceptions.doneText');
  return (
    <EmptyState done title={t('exceptions.doneTitle')} text={text}>
      <Button onClick={() => setView('all')}>{t('queue.showAll')}</Button>
    </EmptyState>
  );
}
