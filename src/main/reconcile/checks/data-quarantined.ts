import type { Check } from '../check.ts';

/** Rows of Omnitron that could not be read and were set aside: what they say is in no total. */
export const dataQuarantined: Check = {
  code: 'data.quarantined',
  severity: 'error',
  scope: 'data',
  source: 'orders',
  title: { en: 'Row could not be read', tr: 'Satır okunamadı' },
  help: {
    en: 'Omnitron sent an order that could not be read; it was set aside.',
    tr: 'Omnitron okunamayan bir sipariş gönderdi; sipariş kenara ayrıldı.',
  },
  formula: 'no row is in quarantine',
  example: 'an order whose amount is written as “12,50 TL”',
  tolerant: false,
  sql: () => `SELECT ifnull(q.order_id, 0) AS subject, max(x.id) AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('id', q.order_id, 'rows', count(*), 'path', min(q.path), 'code', min(q.code),
        'held', json(iif(max(x.id) IS NULL, 'false', 'true'))) AS facts
    FROM quarantine q LEFT JOIN orders x ON x.id = q.order_id GROUP BY q.order_id`,
  lacking: () => null,
  sentence({ facts }) {
    const where = `${String(facts.path) === '' ? '' : `${String(facts.path)}: `}${String(facts.code)}`;
    if (facts.id === null) {
      const rows = String(facts.rows);
      return {
        en: `${rows === '1' ? '1 row' : `${rows} rows`} without an id could not be read (for instance ${where}).`,
        tr: `Kimliği olmayan ${rows} satır okunamadı (örneğin ${where}).`,
      };
    }
    const id = String(facts.id);
    return facts.held === true
      ? {
          en: `The newest reading of order ${id} could not be read (${where}); an older one is shown.`,
          tr: `${id} kimlikli siparişin son hali okunamadı (${where}); eski hali gösteriliyor.`,
        }
      : {
          en: `Order ${id} could not be read (${where}); it is in no total.`,
          tr: `${id} kimlikli sipariş okunamadı (${where}); hiçbir toplamda yer almıyor.`,
        };
  },
};
