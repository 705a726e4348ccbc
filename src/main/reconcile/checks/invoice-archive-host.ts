import type { Rules } from '../../../shared/rules.ts';
import { type Check, listOf } from '../check.ts';
import { BEFORE_E_ARCHIVE } from '../e-invoices.ts';
import { originOf } from '../invoice-uses.ts';

const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');

/** Over an origin like `https://earsiv.example.com`: it may not be where a link leads to. */
function isStrange(origin: string, { archiveHosts }: Rules): string {
  if (archiveHosts.length === 0) return `substr(${origin}, 1, 8) <> 'https://'`;
  return `${origin} NOT IN (${quoted(archiveHosts.map((host) => `https://${host.toLowerCase()}`))})`;
}

const mayBeStrange = (rules: Rules): string => `(${isStrange('u.origins', rules)} OR instr(u.origins, ',') > 0)`;

/**
 * A link that is not encrypted or leads to a host that the rules do not name. `origins` holds all origins of a number,
 * most often one; only where it is not a good one are the links looked at one by one.
 */
export const invoiceArchiveHost: Check = {
  code: 'invoice.archive-host',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Unexpected e-archive link', tr: 'Beklenmeyen e-arşiv bağlantısı' },
  help: {
    en: 'The e-archive link is not https, or leads to a host that the rules do not name.',
    tr: 'E-arşiv bağlantısı https değil ya da kurallarda olmayan bir sunucuya gidiyor.',
  },
  formula: 'e_archive_url begins with https:// and one of the archive hosts, where any are chosen',
  example: 'http://earsiv.example.com/1, or https://earsiv.example.net/1 where earsiv.example.com is chosen',
  tolerant: false,
  sql: (rules) => `WITH suspect AS MATERIALIZED (
      SELECT DISTINCT o.id, o.invoice_number, o.e_archive_url FROM HELD o JOIN invoice_uses u ON u.order_id = o.id
      WHERE ${mayBeStrange(rules)} AND NOT ${BEFORE_E_ARCHIVE})
    SELECT order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('origins', json_group_array(DISTINCT origin ORDER BY origin)) AS facts
    FROM (
      SELECT id AS order_id, ${originOf('e_archive_url')} AS origin FROM suspect WHERE ifnull(invoice_number, '') <> ''
      UNION ALL
      SELECT s.id, ${originOf('l.e_archive_url')} FROM suspect s CROSS JOIN lines l ON l.order_id = s.id
      WHERE ifnull(l.invoice_number, '') <> ''
    ) WHERE ${isStrange('origin', rules)} GROUP BY order_id`,
  suspect: (rules) => ({ use: mayBeStrange(rules) }),
  lacking: () => `${BEFORE_E_ARCHIVE} AND ifnull(o.e_archive_url, '') <> ''`,
  sentence({ facts }) {
    const origins = listOf(facts.origins);
    return {
      en: `The e-archive link leads to ${origins}, which is not https or not one of the chosen hosts.`,
      tr: `E-arşiv bağlantısı ${origins} adresine gidiyor; https değil ya da seçilen sunuculardan biri değil.`,
    };
  },
};
