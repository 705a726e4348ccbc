import type { enCancel } from './en-cancel.ts';

/** Turkish words about starting a cancellation or refund. */
export const trCancel: typeof enCancel = {
  cancel: {
    open: 'İptal veya iade…',
    title: '{{number}} siparişini iptal veya iade et',
    warning:
      'Bu işlem para hareketi başlatır. Burada önerilir, fişiyle birlikte onaylanır ve Omnitron’a yalnızca bir kez gönderilir. Yinelenmez ve geri alınamaz.',
    lines: 'Satırlar',
    reasonOf: '{{sku}} için neden (kimlik)',
    reasonHelp: 'Omnitron’daki iptal nedenlerinden birinin kimliği',
    reasonBad: 'Bir nedenin kimliğini girin: sıfırdan büyük tam sayı.',
    already: 'zaten iptal veya iade edilmiş',
    cargo: 'Kargoyu da iade et ({{amount}})',
    invoice: 'İade faturası numarası',
    invoiceHelp: 'Boş bırakılabilir',
    amount: 'Toplam',
    choose: 'En az bir satır seçin.',
    confirm: 'Onaylamak için tutarı yazın',
    confirmHelp: 'Yukarıda yazdığı gibi, örneğin {{example}}',
    confirmBad: 'Bu, yukarıdaki tutar değil.',
    submit: 'Öner',
    submitAmount: '{{amount}} öner',
    saved: 'İptal önerildi. Fişi gönderildiğinde bir kez gönderilir.',
    bank: 'İade için banka hesabı gereken siparişler Omnitron’da iptal edilir: burada hesap girilmez ve gönderilmez.',
  },
};
