import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImportWork, useImport } from '../../stores/import-store.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';

const TITLES = {
  looking: 'importing.looking',
  checking: 'importing.checking',
  importing: 'importing.importingNow',
} as const satisfies Record<ImportWork, string>;

/** How far the reading under way is, and the way to stop it. */
export function WorkStrip(): ReactNode {
  const { t } = useTranslation();
  const { work, progress, cancel } = useImport();
  if (work === null) return null;
  const title = t(TITLES[work]);
  return (
    <div className="import-work" role="status">
      <span>{title}</span>
      <Progress label={title} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <Button onClick={cancel}>{t('importing.cancel')}</Button>
    </div>
  );
}
