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

/** What main's sentence says beyond `what`: all of it, or what follows where its first sentence says the same. */
function beyond(what: string, message: string): string {
  if (!message.startsWith(what.replace(/\.$/, ''))) return message;
  const end = message.indexOf('. ');
  return end === -1 ? '' : message.slice(end + 2);
}

/**
 * Says what went wrong and what to do, in the chosen language. Main's own sentence is English and knows more than the
 * code: in English it follows at once, in another language it stands under the technical detail.
 */
export function ErrorNotice({ error, title, onRetry, onDismiss }: ErrorNoticeProps): ReactNode {
  const { t, i18n } = useTranslation();
  const what = t(`errors.${error.code}.what`);
  const more = i18n.language === 'en' ? beyond(what, error.message) : '';
  return (
    <div className="notice notice-error" role="alert">
      <Icon name="exceptions" />
      <div className="notice-text">
        <p>
          <strong>
            {title === undefined ? '' : `${title} `}
            {what}
          </strong>{' '}
          {more === '' ? t(`errors.${error.code}.todo`) : more}
        </p>
        <TechnicalDetail error={error} />
      </div>
      {onRetry !== undefined && <Button onClick={onRetry}>{t('common.retry')}</Button>}
      {onDismiss !== undefined && (
        <Button kind="quiet" aria-label={t('common.dismiss')} icon={<Icon name="close" />} onClick={onDismiss} />
      )}
    </div>
  );
}

/** What somebody who is asked for help needs to know: the code, main's own words, and what they are about. */
function TechnicalDetail({ error }: { error: AppError }): ReactNode {
  const { t } = useTranslation();
  const facts = Object.entries(error.details ?? {}).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return (
    <details className="notice-detail">
      <summary>{t('common.technicalDetail')}</summary>
      <p lang="en">
        <span className="code">{error.code}</span> {error.message}
      </p>
      {facts.length > 0 && (
        <p lang="en" className="code">
          {facts.join(', ')}
        </p>
      )}
    </details>
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
