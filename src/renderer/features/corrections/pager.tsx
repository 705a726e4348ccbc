import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';

interface PagerProps {
  /** 0 = the first. */
  page: number;
  /** Rows of a page. */
  size: number;
  total: number;
  onPage(page: number): void;
}

/** Goes from page to page of a table; nothing where there is one. */
export function Pager({ page, size, total, onPage }: PagerProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (total <= size) return null;
  const first = page * size + 1;
  return (
    <div className="pager">
      <span>
        {t('corrections.page', {
          first: format.count(first),
          last: format.count(Math.min(total, first + size - 1)),
          total: format.count(total),
        })}
      </span>
      <Button disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('corrections.previous')}
      </Button>
      <Button disabled={first + size > total} onClick={() => onPage(page + 1)}>
        {t('corrections.next')}
      </Button>
    </div>
  );
}
