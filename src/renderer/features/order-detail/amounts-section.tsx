import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../../shared/orders.ts';
import { Currency } from '../../ui/currency.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** The order's amounts as a sum that foots, then its refunds. */
export function AmountsSection({ order }: { order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { footing, currency } = order;
  const { formula } = footing;
  const agrees = footing.difference !== null && !/[1-9]/.test(footing.difference);

  const row = (name: string, sign: string, amount: string | null, className = ''): ReactNode => (
    <tr className={className}>
      <td className="sign">{sign}</td>
      <th scope="row">{name}</th>
      <td className="num">{format.amount(amount, currency, { zeroAsDash: true })}</td>
    </tr>
  );

  /** What the formula says to be in the prices is shown, but does not count. */
  const part = (name: string, sign: string, amount: string | null, inside: boolean): ReactNode =>
    inside ? row(`${name} (${t('explained.inPrices')})`, '', amount, 'is-inside') : row(name, sign, amount);

  return (
    <section className="amounts" aria-label={t('detail.amounts')}>
      <div className="panel-section">
        <h3>
          {t('detail.amounts')} <Currency code={currency} />
        </h3>
        <table className="footing" data-testid="footing">
          <tbody>
            {row(t('detail.linesTotal'), '', footing.linesTotal)}
            {row(t('detail.shipping'), '+', footing.shipping)}
            {part(t('detail.discount'), '−', footing.discount, formula.discount === 'included')}
            {part(t('detail.installmentInterest'), '+', footing.installmentInterest, formula.interest === 'included')}
            {part(t('detail.shippingInterest'), '+', footing.shippingInterest, formula.shippingInterest === 'included')}
            {row(t('detail.expectedAmount'), '=', footing.expected, 'is-sum')}
            {row(t('detail.omnitronAmount'), '', footing.amount)}
            <tr className={`is-difference ${agrees ? 'is-even' : 'is-off'}`}>
              <td className="sign" />
              <th scope="row">{t('detail.difference')}</th>
              <td className="num">{agrees ? `✓ ${t('detail.foots')}` : format.amount(footing.difference, currency)}</td>
            </tr>
          </tbody>
        </table>
        {footing.expected === null && <p className="field-help">{t('detail.notFormed')}</p>}
      </div>
      <div className="panel-section">
        <h3>{t('detail.refundSection')}</h3>
        <table className="footing">
          <tbody>
            {row(t('detail.refund'), '', order.refund)}
            {row(t('detail.discountRefund'), '', order.discountRefund)}
            {row(t('detail.shippingRefund'), '', order.shippingRefund)}
            {row(t('detail.netShipping'), '', order.netShipping)}
          </tbody>
        </table>
      </div>
    </section>
  );
}
