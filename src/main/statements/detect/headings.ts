import type { StatementField } from '../../../shared/statements.ts';

/** How the day on which money came is headed, the surest first. */
const PAYMENT_DATES: readonly string[] = [
  'odeme tarihi',
  'payment date',
  'hakedis tarihi',
  'payout date',
  'settlement date',
  'valor',
  'valor tarihi',
  'value date',
];
/** Who pays does so when it is due; an invoice's is paid at any time. */
const DUE_DATE = 'vade tarihi';

/**
 * How programs and banks head the columns, the surest first, as {@link foldHeading} folds them. Whatever several fields
 * claim goes to the one that names it earlier in its list.
 */
const SYNONYMS: Readonly<Record<StatementField, readonly string[]>> = {
  order: [
    'siparis no',
    'siparis numarasi',
    'siparis kodu',
    'siparis id',
    'order number',
    'order no',
    'order id',
    'web siparis no',
    'e ticaret siparis no',
    'kaynak siparis no',
    'musteri siparis no',
    'musteri siparis numarasi',
    'merchant order id',
    'ordernumber',
    'orderid',
    'siparisno',
    'siparis',
    'order',
    'sepet no',
    'basket id',
    'conversation id',
    'satinalma siparisi',
    'satinalma siparis no',
    'po number',
    'musteri referansi',
    'atama',
    'isyeri siparis no',
    'uye isyeri siparis no',
  ],
  invoice: [
    'fatura no',
    'fatura numarasi',
    'e fatura no',
    'e arsiv no',
    'e arsiv fatura no',
    'invoice number',
    'invoice no',
    'invoicenumber',
    'einvoicenumber',
    'faturano',
    'e belge no',
    'belge no',
    'belge numarasi',
    'belgeno',
    'document number',
    'documentnumber',
    'fis no',
    'fis numarasi',
    'evrak no',
    'fatirs no',
    'fatura',
    'invoice',
    'referans belge',
  ],
  transaction: [
    'islem no',
    'islem numarasi',
    'islem id',
    'transaction id',
    'payment id',
    'paymentid',
    'transactionid',
    'odeme id',
    'odeme no',
    'payment transaction id',
    'provizyon no',
    'provizyon',
    'otorizasyon kodu',
    'otorizasyon no',
    'onay kodu',
    'islem referansi',
    'islem referans no',
    'referans no',
    'referans',
    'reference',
    'rrn',
    'dekont no',
    'auth code',
    'transaction',
  ],
  batch: [
    'batch no',
    'batch id',
    'batch',
    'gun sonu no',
    'parti no',
    'odeme grup no',
    'settlement id',
    'hakedis no',
    'odeme emri no',
    'payout id',
    'odeme numarasi',
    'toplu odeme no',
    'ekstre no',
  ],
  date: [
    'islem tarihi',
    'fatura tarihi',
    'belge tarihi',
    'fis tarihi',
    'kayit tarihi',
    'tarih',
    'transaction date',
    'invoice date',
    'invoicedate',
    'posting date',
    'document date',
    'date',
    ...PAYMENT_DATES,
    'siparis tarihi',
    'order date',
    DUE_DATE,
  ],
  currency: [
    'doviz',
    'doviz cinsi',
    'doviz kodu',
    'doviz turu',
    'doviz tipi',
    'para birimi',
    'para birimi kodu',
    'pb',
    'currency',
    'currency code',
    'currencycode',
    'birim para',
  ],
  amount: [
    'brut tutar',
    'brut',
    'islem tutari',
    'satis tutari',
    'siparis tutari',
    'fatura tutari',
    'genel toplam',
    'toplam tutar',
    'kdv dahil tutar',
    'kdvli tutar',
    'kdv dahil toplam',
    'kdvli toplam',
    'kdv dahil',
    'belge tutari',
    'gross amount',
    'gross',
    'tutar',
    'amount',
    'total amount',
    'paid price',
    'paidprice',
    'odenen tutar',
    'price',
    'total',
    'toplam',
    'amountgross',
    'ciro',
    'satis bedeli',
    'toplam bedel',
    'bedel',
    'tahsilat',
    'tahsilat tutari',
    'alacak',
    'borc tutari',
    'belge pb tutari',
  ],
  refund: ['iade tutari', 'iade edilen tutar', 'iade', 'refund amount', 'refund', 'refunded', 'borc'],
  fee: [
    'komisyon tutari',
    'komisyon',
    'hizmet bedeli',
    'islem ucreti',
    'banka komisyonu',
    'pos komisyonu',
    'iyzico komisyonu',
    'trendyol komisyonu',
    'kesinti',
    'kesinti tutari',
    'commission amount',
    'commission',
    'service fee',
    'fee',
    'merchant fee',
  ],
  net: [
    'net tutar',
    'net',
    'satici hakedis',
    'net hakedis',
    'hakedis',
    'hakedis tutari',
    'net odeme',
    'net amount',
    'netamount',
    'payout',
    'yatan tutar',
    'hesaba gecen',
    'hesaba gecen tutar',
    'odenecek tutar',
    'odenecek',
  ],
  rate: ['kur', 'doviz kuru', 'islem kuru', 'exchange rate', 'exchangerate', 'rate', 'fx rate'],
};

/** Words at the end of a heading that name the currency of its column. */
const CURRENCY_WORDS: Readonly<Record<string, string>> = {
  tl: 'try',
  try: 'try',
  usd: 'usd',
  eur: 'eur',
  euro: 'eur',
  gbp: 'gbp',
};

const LETTERS: Readonly<Record<string, string>> = {
  İ: 'i',
  I: 'i',
  ı: 'i',
  Ş: 's',
  ş: 's',
  Ğ: 'g',
  ğ: 'g',
  Ü: 'u',
  ü: 'u',
  Ö: 'o',
  ö: 'o',
  Ç: 'c',
  ç: 'c',
  Â: 'a',
  â: 'a',
  Î: 'i',
  î: 'i',
  Û: 'u',
  û: 'u',
  '₺': ' tl ',
  $: ' usd ',
  '€': ' eur ',
};

/** A text for comparing: Turkish letters as their plain ones, small, every run of other signs one blank. */
export function foldText(text: string): string {
  return text
    .replace(/[İIıŞşĞğÜüÖöÇçÂâÎîÛû₺$€]/g, (letter) => LETTERS[letter] ?? letter)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** A heading without its currency: `Tutar (TL)` is `tutar`. */
export function foldHeading(heading: string): string {
  const words = foldText(heading).split(' ');
  return (words.length > 1 && CURRENCY_WORDS[words.at(-1) ?? ''] !== undefined ? words.slice(0, -1) : words).join(' ');
}

/** The currency that a heading names, or null. */
export function headingCurrency(heading: string): string | null {
  return CURRENCY_WORDS[foldText(heading).split(' ').at(-1) ?? ''] ?? null;
}

const PLACES: ReadonlyMap<string, readonly { field: StatementField; place: number }[]> = placesOf();

function placesOf(): Map<string, { field: StatementField; place: number }[]> {
  const places = new Map<string, { field: StatementField; place: number }[]>();
  for (const [field, names] of Object.entries(SYNONYMS) as [StatementField, readonly string[]][]) {
    names.forEach((name, place) => {
      places.set(name, [...(places.get(name) ?? []), { field, place }]);
    });
  }
  return places;
}

/** How many cells of a row are headings that the program knows. */
export function knownHeadings(cells: readonly string[]): number {
  return cells.filter((cell) => cell.length <= 60 && PLACES.has(foldHeading(cell))).length;
}

/**
 * Which column (from 0 on) each field has by the headings. A column serves one field; of several columns for a field the
 * surest is taken, then the leftmost.
 */
export function columnsByHeading(headings: readonly string[]): Map<StatementField, number> {
  const claims = headings
    .flatMap((heading, column) => (PLACES.get(foldHeading(heading)) ?? []).map((claim) => ({ ...claim, column })))
    .sort((a, b) => a.place - b.place || a.column - b.column);
  const columns = new Map<StatementField, number>();
  const taken = new Set<number>();
  for (const { field, column } of claims) {
    if (columns.has(field) || taken.has(column)) continue;
    columns.set(field, column);
    taken.add(column);
  }
  // A file with one column of amounts that is headed "net" has no other: it is the amount.
  const net = columns.get('net');
  if (net !== undefined && !columns.has('amount') && !columns.has('refund')) {
    columns.delete('net');
    columns.set('amount', net);
  }
  return columns;
}

/** The columns that are headed as the day on which money came, the surest first. */
export function paymentDates(headings: readonly string[]): number[] {
  const names = [...PAYMENT_DATES, DUE_DATE];
  const rank = (column: number): number => names.indexOf(foldHeading(headings[column] ?? ''));
  return [...headings.keys()].filter((column) => rank(column) >= 0).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** The columns that could be the field by their headings, beside those that fields have. */
export function rivalsOf(field: StatementField, headings: readonly string[], taken: ReadonlySet<number>): number[] {
  return headings.flatMap((heading, column) => {
    const claims = PLACES.get(foldHeading(heading)) ?? [];
    return !taken.has(column) && claims.some((claim) => claim.field === field) ? [column] : [];
  });
}
