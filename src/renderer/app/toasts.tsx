import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../stores/toast-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';

/** Short messages about what has just happened, some with an undo. */
export function Toasts(): ReactNode {
  const { t } = useTranslation();
  const { toasts, dismiss } = useToasts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.tone}`}>
          <span className="toast-text">{toast.text(t)}</span>
          {toast.undo !== undefined && (
            <Button
              kind="quiet"
              onClick={() => {
                toast.undo?.();
                dismiss(toast.id);
              }}
            >
              {t('common.undo')}
            </Button>
          )}
          <Button
            kind="quiet"
            aria-label={t('common.dismiss')}
            icon={<Icon name="close" size={12} />}
            onClick={() => dismiss(toast.id)}
          />
        </div>
      ))}
    </div>
  );
}
