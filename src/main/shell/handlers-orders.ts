import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';
import { ordersAsText } from './orders-as-text.ts';

type OrderCalls = Pick<
  CallHandlers,
  | 'orders.window'
  | 'orders.totals'
  | 'orders.facets'
  | 'orders.detail'
  | 'orders.payments'
  | 'orders.oms'
  | 'orders.copy'
>;

/** More rows than a spreadsheet takes from the clipboard in reasonable time; a report is the way for more. */
const MAX_COPIED_ROWS = 100_000;

/** Reading orders. Periods are cut in the business time zone of the settings. */
export function orderHandlers({ opened, settings, desktop }: HandlerParts): OrderCalls {
  const zone = () => ({ timeZone: settings.get().timeZone });
  return {
    'orders.window': (request) => opened.require().reader.ordersWindow({ ...request, ...zone() }),
    'orders.totals': (request) => opened.require().reader.ordersTotals({ ...request, ...zone() }),
    'orders.facets': (request) => opened.require().reader.ordersFacets({ ...request, ...zone() }),
    'orders.detail': (request) => opened.require().reader.orderDetail(request),
    'orders.payments': (request) => opened.require().payments.ofOrder(request),
    'orders.oms': (request) => opened.require().oms.ofOrder(request),
    'orders.copy': async ({ headers, ...selected }) => {
      const rows = await opened.require().reader.ordersSelected({ ...selected, ...zone(), limit: MAX_COPIED_ROWS });
      await desktop.copyText(ordersAsText(rows, headers, settings.get()));
      return { rows: rows.length };
    },
  };
}
