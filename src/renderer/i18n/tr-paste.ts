import type { enPaste } from './en-paste.ts';

/** Turkish words about proposing many corrections at once: a paste from a spreadsheet, a file of the ERP. */
export const trPaste: typeof enPaste = {
  paste: {
    title: 'Hesap tablosundan yapıştır',
    help: 'Satırları başlıklarıyla kopyalayıp buraya yapıştırın. Sütunlar başlıklarından tanınır, örneğin: sipariş no, satır, fatura no, fatura tarihi, e_archive_url, kargo takip no, kargo firması, durum, iptal durumu, ERP’ye aktarıldı.',
    text: 'Kopyalanan satırlar',
    check: 'Satırları denetle',
    checking: 'Denetleniyor…',
    add_one: '{{formatted}} satırı sıraya al',
    add_other: '{{formatted}} satırı sıraya al',
    good_one: '{{formatted}} satır sıraya alınabilir',
    good_other: '{{formatted}} satır sıraya alınabilir',
    bad_one: '{{formatted}} satır reddedildi',
    bad_other: '{{formatted}} satır reddedildi',
    ignored: 'Düzeltme alanı olmadığı için atlanan sütunlar: {{headings}}',
    shown: 'Reddedilenler önde, ilk {{formatted}} satır gösteriliyor.',
    preview: 'Sıraya alınacaklar',
    column: { line: 'Sıra', order: 'Sipariş', target: 'Satır', sets: 'Değer', outcome: 'Sonuç' },
    allLines_one: '{{formatted}} satır',
    allLines_other: '{{formatted}} satırın tümü',
    ofOrder: 'sipariş',
    ok: 'sıraya alınabilir',
    byBatch: 'Fiş: {{batch}}.',
    done_one: '{{formatted}} düzeltme sıraya alındı.',
    done_other: '{{formatted}} düzeltme sıraya alındı.',
    refused_one: '{{formatted}} satır reddedildi; burada duruyor.',
    refused_other: '{{formatted}} satır reddedildi; burada duruyor.',
  },
  sentOfStatement: {
    button: 'Bu ERP dosyasındaki siparişleri aktarıldı say…',
    title: 'Bu ERP dosyasındaki siparişleri aktarıldı say',
    text: '{{id}} no.lu ekstrenin bir satırıyla eşleşen veya numarası bir satırda geçen her sipariş için “ERP’ye aktarıldı” sıraya alınır. Zaten aktarılmış veya sırada olan siparişler atlanır. Düzeltmeler gönderilmeden Omnitron’a hiçbir şey ulaşmaz.',
    confirm: 'Sıraya al',
  },
};
