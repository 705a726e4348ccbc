import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { ReportResult } from '../../../shared/reports.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** What was written: where, how much, and the checksum that lets anyone prove that it is still the same file. */
export function ReportResultCard({ result }: { result: ReportResult }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [error, setError] = useState<AppError | null>(null);
  // In the order of the totals at the foot of the order list, so that the two can be compared line by line.
  const totals = Object.entries(result.totals).sort(
    ([a, one], [b, other]) => other.orders - one.orders || a.localeCompare(b, 'en'),
  );
  const reveal = (): void => {
    setError(null);
    call('reports.reveal', { path: result.path }).catch((thrown: unknown) => setError(asAppError(thrown)));
  };
  return (
    <section className="card" aria-label={t('reports.result')} aria-live="polite">
      <h2 className="result-title">
        <span className="result-mark">
          <Icon name="check" size={14} />
        </span>
        {t('reports.result')}
      </h2>
      <dl className="facts">
        <div>
          <dt>{t('reports.file')}</dt>
          <dd className="breakable">{result.path}</dd>
        </div>
        <div>
          <dt>{t('reports.rows')}</dt>
          <dd className="num-left">{format.count(result.rows)}</dd>
        </div>
        <div>
          <dt>{t('reports.sha')}</dt>
          <dd className="code breakable">{result.sha256}</dd>
        </div>
      </dl>
      {result.audited === false && <p>{t('audit.notRecorded')}</p>}
      <h3>{t('reports.totals')}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('common.currency')}</th>
            <th scope="col" className="num">
              {t('totals.orders')}
            </th>
            <th scope="col" className="num">
              {t('totals.amount')}
            </th>
            <th scope="col" className="num">
              {t('totals.refund')}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map(([currency, entry]) => (
            <tr key={currency}>
              <td>
                <Currency code={currency} />
              </td>
              <td className="num">{format.count(entry.orders)}</td>
              <td className="num">{format.amount(entry.amount, currency)}</td>
              <td className="num">{format.amount(entry.refund, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {error !== null && <ErrorNotice error={error} />}
      <div className="form-actions">
        <Button icon={<Icon name="folder" size={14} />} onClick={reveal}>
          {t('reports.reveal')}
        </Button>
      </div>
    </section>
  );
}
