import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type BesideOms, besideOms, type OmsAnswer, type OmsLinePair, type OmsOrder } from '../../../shared/oms.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { statusText } from '../../i18n/codes.ts';
import { useSession } from '../../stores/session-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useOms } from './use-oms.ts';

/** The order in Omnitron beside the same one in OMS; nothing where the connection has no OMS. */
export function OmsSection({ order }: { order: OrderDetail }): ReactNode {
  const has = useSession((state) => state.connection?.omsUrl !== undefined);
  return has ? <Section order={order} /> : null;
}

function Section({ order }: { order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const { answer, error } = useOms(order.id);
  return (
    <section className="panel-section" aria-label={t('oms.title')}>
      <h3>{t('oms.title')}</h3>
      {error !== null && <ErrorNotice error={error} />}
      {answer !== null && answer.order === null && <Absent answer={answer} />}
      {answer !== null && answer.order !== null && <Beside order={order} oms={answer.order} />}
    </section>
  );
}

function Absent({ answer: { readAt } }: { answer: OmsAnswer }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (readAt === null) return <p className="muted">{t('oms.never')}</p>;
  return (
    <p className="beside-note">
      <Icon name="warningMark" size={12} /> {t('oms.missing', { when: format.instant(readAt) })}
    </p>
  );
}

function Beside({ order, oms }: { order: OrderDetail; oms: OmsOrder }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const beside = besideOms(order, oms);
  return (
    <>
      <p className="muted" role="status">
        {beside.differences === 0 ? t('oms.summaryAgrees') : t('oms.summary', format.counted(beside.differences))}
        {' · '}
        {t('oms.readAt', { when: format.instant(oms.readAt) })}
      </p>
      {oms.vanishedAt !== null && (
        <p className="beside-note">
          <Icon name="warningMark" size={12} /> {t('oms.vanished', { when: format.instant(oms.vanishedAt) })}
        </p>
      )}
      <table className="beside-table" data-testid="beside-oms">
        <thead>
          <tr>
            <th scope="col">{t('oms.what')}</th>
            <th scope="col">{t('oms.omnitron')}</th>
            <th scope="col">{t('oms.oms')}</th>
            <th scope="col">{t('oms.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            name={t('oms.state')}
            omnitron={statusText(t, order.status)}
            oms={statusText(t, oms.state)}
            differs={beside.stateDiffers}
          />
          <Invoices order={order} oms={oms} beside={beside} />
        </tbody>
        {beside.lines.map((pair) => (
          <Line key={`${pair.omnitron?.id ?? ''} ${pair.oms?.id ?? ''}`} pair={pair} />
        ))}
      </table>
    </>
  );
}

interface RowProps {
  name: string;
  omnitron: string;
  oms: string;
  /** Null = nothing to compare. */
  differs: boolean | null;
  /** Instead of the word for "differs". */
  word?: string;
}

function Row({ name, omnitron, oms, differs, word }: RowProps): ReactNode {
  return (
    <tr className={differs === true ? 'is-off' : ''}>
      <th scope="row">{name}</th>
      <td>{omnitron}</td>
      <td>{oms}</td>
      <td>{differs !== null && <Verdict differs={differs} word={word} />}</td>
    </tr>
  );
}

/** A sign and a word: neither colour alone nor a sign alone says it. */
function Verdict({ differs, word }: { differs: boolean; word?: string | undefined }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={differs ? 'beside-differs' : 'beside-agrees'}>
      <Icon name={differs ? 'warningMark' : 'check'} size={12} />{' '}
      {differs ? (word ?? t('oms.differs')) : t('oms.agrees')}
    </span>
  );
}

function Invoices({ order, oms, beside }: { order: OrderDetail; oms: OmsOrder; beside: BesideOms }): ReactNode {
  const { t } = useTranslation();
  if (oms.invoices.length === 0) return null;
  const own = [order.invoiceNumber, ...order.lines.map(({ invoiceNumber }) => invoiceNumber)];
  const numbers = [...new Set(own.filter((number) => number !== null && number !== ''))];
  return (
    <Row
      name={t('oms.invoices')}
      omnitron={numbers.join(', ')}
      oms={oms.invoices.map(({ number, status }) => [number, status].filter(Boolean).join(' · ')).join(', ')}
      differs={beside.strangeInvoices.length > 0}
      word={t('oms.strange')}
    />
  );
}

function Line({ pair }: { pair: OmsLinePair }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { omnitron, oms, differs } = pair;
  const both = omnitron !== null && oms !== null;
  const lonely = differs.find((difference) => difference === 'onlyOmnitron' || difference === 'onlyOms');
  const amount = (value: string | null | undefined, currency: string | undefined): string =>
    value === null || value === undefined ? '' : `${format.amount(value, currency ?? '')} ${currency?.toUpperCase()}`;
  const known = both && omnitron.discount !== null && oms.discount !== null;
  return (
    <tbody>
      <tr className="beside-line">
        <th scope="rowgroup" colSpan={3} className="code">
          {omnitron?.sku ?? oms?.sku}
        </th>
        <td>{lonely !== undefined && <Verdict differs word={t(`oms.${lonely}`)} />}</td>
      </tr>
      <Row
        name={t('oms.state')}
        omnitron={omnitron === null ? '' : statusText(t, omnitron.status)}
        oms={oms === null ? '' : statusText(t, oms.state)}
        differs={both ? differs.includes('state') : null}
      />
      <Row
        name={t('oms.price')}
        omnitron={amount(omnitron?.price, omnitron?.currency)}
        oms={amount(oms?.price, oms?.currency)}
        differs={both ? differs.includes('price') : null}
      />
      <Row
        name={t('oms.discount')}
        omnitron={amount(omnitron?.discount, omnitron?.currency)}
        oms={amount(oms?.discount, oms?.currency)}
        differs={known ? differs.includes('discount') : null}
      />
      <Row name={t('oms.net')} omnitron="" oms={amount(oms?.netAmount, oms?.currency)} differs={null} />
    </tbody>
  );
}
