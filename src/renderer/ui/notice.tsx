import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';

interface ErrorNoticeProps {
  error: AppError;
  /** What failed, where the place does not say it. */
  title?: string;
  onRetry?: () => void;
  onDismiss?: () => void;
}

/** Says what went wrong and what to do, in the chosen language, with main's own sentence for the details. */
export function ErrorNotice({ error, title, onRetry, onDismiss }: ErrorNoticeProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="notice notice-error" role="alert">
      <Icon name="exceptions" />
      <div className="notice-text">
        <p>
          <strong>
            {title === undefined ? '' : `${title} `}
            {t(`errors.${error.code}.what`)}
          </strong>{' '}
          {t(`errors.${error.code}.todo`)}
        </p>
        <p className="notice-detail">{error.message}</p>
      </div>
      {onRetry !== undefined && <Button onClick={onRetry}>{t('common.retry')}</Button>}
      {onDismiss !== undefined && (
        <Button kind="quiet" aria-label={t('common.dismiss')} icon={<Icon name="close" />} onClick={onDismiss} />
      )}
    </div>
  );
}

interface EmptyStateProps {
  title: string;
  text?: string;
  done?: boolean;
  children?: ReactNode;
}

/** What stands where rows would: why there are none and what to do about it. */
export function EmptyState({ title, text, done = false, children }: EmptyStateProps): ReactNode {
  return (
    <div className="empty" role="status">
      {done && (
        <span className="empty-done">
          <Icon name="check" size={28} />
        </span>
      )}
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
