import type { enOms } from './en-oms.ts';

/** Turkish words about OMS, the second source about the same orders. */
export const trOms: typeof enOms = {
  oms: {
    title: 'Omnitron ve OMS',
    never: 'OMS henüz tam olarak okunmadı. Sonraki eşitleme okur.',
    missing: 'OMS bu siparişi tanımıyor. Son okuma: {{when}}.',
    readAt: 'OMS’ten okundu: {{when}}',
    vanished: 'OMS bu siparişi şu andan beri göstermiyor: {{when}}.',
    agrees: 'uyuyor',
    differs: 'farklı',
    onlyOmnitron: 'yalnızca Omnitron’da',
    onlyOms: 'yalnızca OMS’te',
    summaryAgrees: 'İkisi de aynı.',
    summary_one: '{{formatted}} fark',
    summary_other: '{{formatted}} fark',
    what: 'Ne',
    omnitron: 'Omnitron',
    oms: 'OMS',
    verdict: 'Karşılaştırma',
    state: 'Durum',
    price: 'Fiyat',
    discount: 'İndirim',
    net: 'Net tutar',
    invoices: 'Faturalar',
    strange: 'Omnitron’da yok',
    notRead: 'OMS tam olarak okunamadı. {{what}}',
  },
  omsSource: {
    title: 'İkinci kaynak: OMS',
    text: 'OMS aynı siparişlerin durumlarını, satır fiyatlarını, indirimlerini ve faturalarını söyler. Omnitron’unkilerin yanında gösterilir.',
    url: 'OMS adresi',
    urlHelp: 'Sunucunun kökü, örneğin https://shop-oms.example.com. Omnitron’unkinden başka bir sunucudur.',
    token: 'OMS anahtarı',
    save: 'Denetle ve kaydet',
    saved: 'OMS bağlandı. Sonraki eşitleme okur.',
    remove: 'OMS’i kaldır',
    removed: 'OMS, ondan okunan her şeyle birlikte kaldırıldı.',
  },
  omsProblem: {
    refused: 'OMS anahtarı reddetti. Anahtarı denetleyin ya da yenisini isteyin.',
    away: 'OMS’e ulaşılamadı. Adresini ve ağı denetleyin; sonraki eşitleme yeniden dener.',
    vanished:
      'OMS kuşku uyandıracak kadar az sipariş gösteriyor. Adresini denetleyin; sonraki eşitleme de aynısını bulursa doğru sayılır.',
    other: 'OMS belgelerinde yazdığı gibi yanıt vermiyor ({{code}}). Adresini denetleyin.',
  },
};
