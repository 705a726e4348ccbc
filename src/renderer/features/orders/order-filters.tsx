import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderFilter } from '../../../shared/orders.ts';
import { checkTitle } from '../../i18n/check-texts.ts';
import { statusText } from '../../i18n/codes.ts';
import { useOrders } from '../../stores/orders-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** True when anything but the period narrows the list. */
export function isFiltered(filter: OrderFilter): boolean {
  const { statuses, currencies, sent, withFindings, check, text } = filter;
  return statuses.length + currencies.length > 0 || sent !== null || withFindings || check !== null || text !== '';
}

/** Everything that narrows the order list, except the period. */
export function OrderFilters(): ReactNode {
  const { t } = useTranslation();
  const { filter, facets, setFilter } = useOrders();
  const sentValue = filter.sent === null ? 'all' : filter.sent ? 'yes' : 'no';
  return (
    <>
      <SearchBox
        label={t('orders.search')}
        hint={t('orders.searchHint')}
        value={filter.text}
        onSearch={(text) => setFilter({ text })}
      />
      <Choices
        label={t('orders.status')}
        values={facets?.statuses ?? []}
        chosen={filter.statuses}
        text={(code) => statusText(t, code)}
        onChange={(statuses) => setFilter({ statuses })}
      />
      <Choices
        label={t('orders.currency')}
        values={facets?.currencies ?? []}
        chosen={filter.currencies}
        text={(code) => code.toUpperCase()}
        onChange={(currencies) => setFilter({ currencies })}
      />
      <label className={`select-filter${filter.sent === null ? '' : ' is-set'}`}>
        <span>{t('orders.sent')}</span>
        <select
          value={sentValue}
          onChange={(event) => setFilter({ sent: event.target.value === 'all' ? null : event.target.value === 'yes' })}
        >
          <option value="all">{t('orders.sentAll')}</option>
          <option value="yes">{t('orders.sentYes')}</option>
          <option value="no">{t('orders.sentNo')}</option>
        </select>
        <Icon name="chevron" size={12} />
      </label>
      <label className={`check-filter${filter.withFindings ? ' is-set' : ''}`}>
        <input
          type="checkbox"
          checked={filter.withFindings}
          onChange={(event) => setFilter({ withFindings: event.target.checked })}
        />
        {t('orders.withFindings')}
      </label>
      {filter.check !== null && (
        <button type="button" className="chip" onClick={() => setFilter({ check: null })}>
          {t('orders.check', { check: checkTitle(filter.check) })}
          <Icon name="close" size={12} />
        </button>
      )}
      {isFiltered(filter) && (
        <Button
          kind="quiet"
          onClick={() =>
            setFilter({ statuses: [], currencies: [], sent: null, withFindings: false, check: null, text: '' })
          }
        >
          {t('orders.clearFilters')}
        </Button>
      )}
    </>
  );
}

interface ChoicesProps {
  label: string;
  values: readonly { value: string; orders: number }[];
  chosen: readonly string[];
  text(value: string): string;
  onChange(chosen: string[]): void;
}

/** Any number of values that occur in the data, with how often they do. */
function Choices({ label, values, chosen, text, onChange }: ChoicesProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  // A chosen value stays in the list even when another period has no order with it.
  const absent = chosen
    .filter((value) => !values.some((entry) => entry.value === value))
    .map((value) => ({ value, orders: 0 }));
  const [only] = chosen;
  const shown = only === undefined ? null : chosen.length === 1 ? text(only) : format.count(chosen.length);
  return (
    <Popover
      label={label}
      className={chosen.length > 0 ? 'is-set' : ''}
      trigger={
        <span className="clip">
          {label}
          {shown !== null && <strong>: {shown}</strong>}
        </span>
      }
    >
      {() => (
        <div className="menu choices">
          {[...values, ...absent].map(({ value, orders }) => (
            <label key={value} className="menu-item">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
                }
              />
              <span className="clip">{text(value)}</span>
              <span className="menu-count">{format.count(orders)}</span>
            </label>
          ))}
          {values.length + absent.length === 0 && <p className="menu-foot">{t('common.none')}</p>}
          {chosen.length > 0 && (
            <>
              <hr />
              <Button kind="quiet" onClick={() => onChange([])}>
                {t('common.clear')}
              </Button>
            </>
          )}
        </div>
      )}
    </Popover>
  );
}
