/** Why a row of a statement file could not be taken, and the names of its columns, in the languages of people. */
export const ROW_PROBLEMS = {
  en: {
    headings: ['Line', 'Column', 'Reason', 'Code', 'In the file', 'Order', 'Invoice', 'Transaction'],
    fields: {
      order: 'Order number',
      invoice: 'Invoice number',
      transaction: 'Transaction id',
      batch: 'Payout or batch',
      date: 'Date',
      currency: 'Currency',
      amount: 'Amount',
      refund: 'Refund',
      fee: 'Fee',
      net: 'Net amount',
      rate: 'Exchange rate',
      row: 'Row',
    },
    reasons: {
      empty: 'There is no amount.',
      'not-an-amount': 'This is no amount in the way the file writes decimals.',
      decimals: 'The amount has more than six decimals; nothing is rounded.',
      'too-large': 'The amount is too large.',
      'not-a-rate': 'An exchange rate is above zero.',
      formula: 'The cell holds a formula and no value.',
      fault: 'The cell holds an error of the spreadsheet.',
      'not-a-date': 'This is no date, or not in the order of day and month of this file.',
      currency: 'The currency is not known, or contradicts the sign beside the amount.',
      'key-missing': 'There is no order, invoice, transaction or batch number.',
      'key-too-long': 'The number is longer than 200 signs.',
      changed:
        'An earlier statement has this row with another amount, shown here. Withdraw that statement and import this file again.',
      'cells-missing': 'The row has fewer cells than the table.',
      'cells-extra': 'The row has more cells than the table: an amount with a comma without quotes, for example.',
    } as Record<string, string>,
    other: 'This row cannot be read.',
  },
  tr: {
    headings: ['Satır', 'Sütun', 'Neden', 'Kod', 'Dosyadaki değer', 'Sipariş', 'Fatura', 'İşlem'],
    fields: {
      order: 'Sipariş numarası',
      invoice: 'Fatura numarası',
      transaction: 'İşlem numarası',
      batch: 'Ödeme veya toplu işlem',
      date: 'Tarih',
      currency: 'Para birimi',
      amount: 'Tutar',
      refund: 'İade',
      fee: 'Komisyon',
      net: 'Net tutar',
      rate: 'Döviz kuru',
      row: 'Satır',
    },
    reasons: {
      empty: 'Tutar yok.',
      'not-an-amount': 'Dosyanın ondalık yazımına göre bu bir tutar değil.',
      decimals: 'Tutarın altıdan fazla ondalığı var; hiçbir şey yuvarlanmaz.',
      'too-large': 'Tutar çok büyük.',
      'not-a-rate': 'Döviz kuru sıfırdan büyük olmalıdır.',
      formula: 'Hücrede değer değil, formül var.',
      fault: 'Hücrede hesap tablosunun bir hatası var.',
      'not-a-date': 'Bu bir tarih değil veya dosyanın gün ve ay sırasına uymuyor.',
      currency: 'Para birimi bilinmiyor veya tutarın yanındaki işaretle çelişiyor.',
      'key-missing': 'Sipariş, fatura, işlem veya ödeme numarası yok.',
      'key-too-long': 'Numara 200 karakterden uzun.',
      changed:
        'Daha önceki bir ekstrede bu satır başka bir tutarla var; o tutar burada gösterilir. O ekstreyi geri çekip bu dosyayı yeniden içe aktarın.',
      'cells-missing': 'Satırda tablodakinden az hücre var.',
      'cells-extra': 'Satırda tablodakinden çok hücre var: örneğin tırnaksız virgüllü bir tutar.',
    } as Record<string, string>,
    other: 'Bu satır okunamıyor.',
  },
} as const;

/** Why a row was rejected, in words; a code that is not known has a general sentence. */
export function rowProblem(code: string, language: 'en' | 'tr'): string {
  const { reasons, other } = ROW_PROBLEMS[language];
  return reasons[code] ?? other;
}
