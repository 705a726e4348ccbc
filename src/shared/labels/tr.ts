import type { CodeLabels } from './code-labels.ts';

/** Turkish words for checks, severities and statuses. */
export const CODE_LABELS_TR: CodeLabels = {
  checks: {
    'amount.total': {
      label: 'Toplam tutmuyor',
      help: 'Satırlar, kargo, indirim ve vade farkının toplamı tutara eşit değil (eşitlik bir varsayımdır).',
    },
    'amount.currency': { label: 'Karışık para birimi', help: 'Bir satırın para birimi siparişinkinden farklı.' },
    'amount.shipping': { label: 'Net kargo farklı', help: 'Net kargo, kargo ile kargo vade farkının toplamı değil.' },
    'refund.exceeds-order': { label: 'İade siparişi aşıyor', help: 'Sipariş tutarından fazlası iade edilmiş.' },
    'refund.missing': {
      label: 'İade eksik',
      help: 'Bir satır iade edilmiş veya iptali tamamlanmış, ancak iade tutarı yok.',
    },
    'invoice.missing': { label: 'Fatura eksik', help: 'Ürünler gönderilmiş, ancak fatura numarası yok.' },
    'invoice.line-mismatch': {
      label: 'Satır faturası farklı',
      help: 'Bir satırın fatura numarası siparişinkinden farklı.',
    },
    'invoice.duplicate': {
      label: 'Mükerrer fatura numarası',
      help: 'İki veya daha çok siparişte aynı fatura numarası var.',
    },
    'erp.not-sent': {
      label: 'ERP’ye aktarılmadı',
      help: 'Siparişin şimdiye kadar ERP’ye aktarılmış olması gerekirdi, ancak aktarıldı olarak işaretli değil.',
    },
  },
  severities: { error: 'Hata', warning: 'Uyarı' },
  statuses: {
    '50': 'İptal bekliyor',
    '100': 'İptal edildi',
    '200': 'Bekliyor',
    '300': 'Ödeme bekliyor',
    '350': 'Onay bekliyor',
    '400': 'Onaylandı',
    '450': 'Hazırlanıyor',
    '500': 'Kargoya verildi',
    '510': 'Kargoya verildi, bildirildi',
    '520': 'Teslim alınmaya hazır',
    '540': 'Teslimat denendi',
    '544': 'İnceleme başladı',
    '545': 'İnceleme bekliyor',
    '546': 'Ödeme bekleniyor',
    '547': 'Ödendi',
    '550': 'Teslim edildi',
    '600': 'İade edildi',
  },
};
