import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../../shared/orders.ts';
import { usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { openLines } from './cancel-draft.ts';

interface CancelSectionProps {
  order: OrderDetail;
  onChanged(): void;
}

/** The way to a cancellation or refund; it is there only where the rules of control allow such calls. */
export function CancelSection({ order, onChanged }: CancelSectionProps): ReactNode {
  const { t } = useTranslation();
  const isAllowed = usePeople((state) => state.control?.rules.cancellationCalls === true);
  const [isOpen, setOpen] = useState(false);
  if (!isAllowed || openLines(order).length === 0) return null;
  return (
    <section className="panel-section cancel-section" aria-label={t('cancel.open')}>
      <Button onClick={() => setOpen(true)}>{t('cancel.open')}</Button>
      {isOpen && <CancelDialog order={order} onClose={() => setOpen(false)} onProposed={onChanged} />}
    </section>
  );
}
