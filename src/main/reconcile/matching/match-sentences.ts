import type { MatchKey, MatchShape, MatchState } from '../../../shared/matches.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import type { RowReasons } from './match-reasons.ts';

/** What the sentence about a match speaks of. */
export interface MatchFacts {
  state: MatchState;
  rule: MatchKey | null;
  shape: MatchShape | null;
  byPerson: boolean;
  /** The key of the rule, or the first key that the row carries; null = it carries none. */
  key: string | null;
  rows: number;
  orders: number;
  /** Whether the amounts can be compared: one currency, or a rate. */
  comparable: boolean;
  /** What rows and orders, or a batch, differ by now, in millionths; null where that cannot be said. */
  difference: bigint | null;
  /** Statements of other rows of the same order or batch, which the difference counts too. */
  besides: readonly number[];
  /** Whether other orders carry the same number. */
  shared: boolean;
  /** True where a spreadsheet has cut the row's key. */
  damaged: boolean;
  /** What else is known of the first row. */
  reasons: RowReasons;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** By which rule and why: one sentence in each language, also for a row that has no match. */
export function matchSentence(facts: MatchFacts): Bilingual {
  if (facts.state === 'unmatched') return unmatched(facts);
  if (facts.rule === 'hand') return withOthers({ en: 'Matched by hand.', tr: 'Elle eşleştirildi.' }, facts);
  const why = withOthers(afterRejection(byRule(facts), facts), facts);
  if (!facts.byPerson) return why;
  return { en: `Accepted by a person. ${why.en}`, tr: `Bir kişi onayladı. ${why.tr}` };
}

/** With how many orders a match was rejected, as the subject of a sentence. */
function rejectedMatch({ rejected, rejectedNumber }: RowReasons): Bilingual {
  const number = rejectedNumber === null ? { en: '', tr: '' } : { en: ` ${rejectedNumber}`, tr: `${rejectedNumber} ` };
  return rejected === 1
    ? { en: `A match with order${number.en} was rejected`, tr: `${number.tr}siparişiyle eşleşmesi reddedildi` }
    : { en: `Matches with ${rejected} orders were rejected`, tr: `${rejected} siparişle eşleşmesi reddedildi` };
}

/** The sentence of a rule, and that a person has rejected others, where one has. */
function afterRejection(why: Bilingual, { reasons }: MatchFacts): Bilingual {
  if (reasons.rejected === 0) return why;
  const rejected = rejectedMatch(reasons);
  return { en: `${why.en} ${rejected.en}.`, tr: `${why.tr} ${rejected.tr}.` };
}

/** Together with which other rows a match differs by what it does. */
function withOthers(why: Bilingual, { besides, rule }: MatchFacts): Bilingual {
  if (besides.length === 0) return why;
  const [en, tr] = rule === 'batch' ? ['batch', 'hesaplaşmanın'] : ['order', 'siparişin'];
  const statements = besides.join(', ');
  return {
    en: `${why.en} The difference counts other rows of the ${en} too (statement ${statements}).`,
    tr: `${why.tr} Fark, ${tr} başka satırlarını da sayar (${statements} numaralı ekstre).`,
  };
}

function byRule(facts: MatchFacts): Bilingual {
  switch (facts.rule) {
    case 'order':
      return byNumber(facts);
    case 'invoice':
      return byKey(facts, { en: 'invoice number', tr: 'fatura numarası' });
    case 'transaction':
      return byKey(facts, { en: 'transaction', tr: 'işlem numarası' });
    case 'batch':
      return byBatch(facts);
    default:
      return byAmount(facts);
  }
}

function byNumber({ state, key, rows, orders, comparable, difference, shared }: MatchFacts): Bilingual {
  const number = key ?? '';
  if (state === 'ambiguous') {
    return {
      en: `${orders} orders have the number ${number}, and the amount does not tell which of them is meant; none was picked.`,
      tr: `${number} numarasını taşıyan ${orders} sipariş var ve hangisi olduğu tutardan anlaşılmıyor; hiçbiri seçilmedi.`,
    };
  }
  if (!comparable) {
    return {
      en: `The order number ${number} is the same, but the currencies differ and the row has no exchange rate.`,
      tr: `Sipariş numarası (${number}) aynı, ancak para birimleri farklı ve satırda kur yok.`,
    };
  }
  const carrying = count(rows, 'row carries', 'rows carry');
  if (shared) {
    const fits =
      difference === 0n
        ? { en: '; the amounts add up with this one', tr: '; tutarlar bununla tutuyor' }
        : { en: '', tr: '' };
    return {
      en: `${carrying} the order number ${number}, which other orders have as well${fits.en}.`,
      tr: `${rows} satırda ${number} sipariş numarası var; aynı numara başka siparişlerde de var${fits.tr}.`,
    };
  }
  return {
    en: `${carrying} the order number ${number}.`,
    tr: `${rows} satırda ${number} sipariş numarası var.`,
  };
}

function byKey({ state, key, rows, orders, comparable, difference }: MatchFacts, name: Bilingual): Bilingual {
  const named = { en: `the ${name.en} ${key ?? ''}`, tr: `${key ?? ''} ${name.tr}` };
  const start = {
    en: `${count(rows, 'row carries', 'rows carry')} ${named.en} of ${count(orders, 'order', 'orders')}`,
    tr: `${rows} satırda ${orders} siparişe ait ${named.tr} var`,
  };
  if (!comparable) {
    return {
      en: `${start.en}, but the currencies differ and a rate is lacking.`,
      tr: `${start.tr}, ancak para birimleri farklı ve kur eksik.`,
    };
  }
  if (state === 'confirmed' && orders === 1) return { en: `${start.en}.`, tr: `${start.tr}.` };
  if (state !== 'confirmed' || difference !== 0n) {
    return { en: `${start.en}, but the amounts do not add up.`, tr: `${start.tr}, ancak tutarlar tutmuyor.` };
  }
  return { en: `${start.en}, and the amounts add up.`, tr: `${start.tr} ve tutarlar tutuyor.` };
}

function byBatch({ key, orders, comparable, difference }: MatchFacts): Bilingual {
  const start = {
    en: `The batch ${key ?? ''} settled ${count(orders, 'order', 'orders')}`,
    tr: `${key ?? ''} hesaplaşması ${orders} siparişi kapsıyor`,
  };
  if (!comparable) {
    return {
      en: `${start.en}, but its currencies differ and a rate is lacking.`,
      tr: `${start.tr}, ancak para birimleri farklı ve kur eksik.`,
    };
  }
  if (difference === null) {
    return {
      en: `Matched by the batch ${key ?? ''}, of which no statement in force has a row any more.`,
      tr: `${key ?? ''} hesaplaşmasıyla eşleştirildi; yürürlükteki hiçbir ekstrede bunun satırı kalmadı.`,
    };
  }
  return difference === 0n
    ? {
        en: `${start.en}, and what its rows pay out was received.`,
        tr: `${start.tr} ve satırların net tutarı alınmış.`,
      }
    : {
        en: `${start.en}, but what was received is not what its rows pay out.`,
        tr: `${start.tr}, ancak alınan tutar satırların net tutarı değil.`,
      };
}

function byAmount({ state, orders, key, reasons }: MatchFacts): Bilingual {
  const about = reasons.cut
    ? {
        en: ` A spreadsheet has cut the key ${key ?? ''}; what is left of it fits.`,
        tr: ` Bir hesap tablosu ${key ?? ''} anahtarını bozmuş; kalan rakamlar uyuyor.`,
      }
    : key !== null && !reasons.carried
      ? { en: ` No order carries ${key}.`, tr: ` ${key} hiçbir siparişte yok.` }
      : { en: '', tr: '' };
  if (state === 'ambiguous') {
    return orders === 1
      ? {
          en: `Amount, currency and date fit this order, but other rows fit it as well; none was picked.${about.en}`,
          tr: `Tutar, para birimi ve tarih bu siparişe uyuyor, ancak başka satırlar da uyuyor; hiçbiri seçilmedi.${about.tr}`,
        }
      : {
          en: `Amount, currency and date fit ${orders} orders equally well; none was picked.${about.en}`,
          tr: `Tutar, para birimi ve tarih ${orders} siparişe aynı ölçüde uyuyor; hiçbiri seçilmedi.${about.tr}`,
        };
  }
  return {
    en: `Amount and currency are the same, the dates are close, and no other row or order fits.${about.en}`,
    tr: `Tutar ve para birimi aynı, tarihler yakın ve uyan başka satır ya da sipariş yok.${about.tr}`,
  };
}

function unmatched({ key, damaged, reasons }: MatchFacts): Bilingual {
  if (reasons.paused) {
    return {
      en: 'The run of matching was undone; the row is matched again when somebody asks for it.',
      tr: 'Eşleştirme çalıştırması geri alındı; satır, istendiğinde yeniden eşleştirilir.',
    };
  }
  if (reasons.rejected > 0) {
    const rejected = rejectedMatch(reasons);
    return { en: `${rejected.en}, and no other match was found.`, tr: `${rejected.tr} ve başka eşleşme bulunmadı.` };
  }
  if (damaged) {
    return {
      en: `A spreadsheet has cut the key ${key ?? ''}, so that it fits no order.`,
      tr: `Bir hesap tablosu ${key ?? ''} anahtarını bozmuş; hiçbir siparişe uymuyor.`,
    };
  }
  if (key === null) {
    return {
      en: 'The row carries no key, and no order has its amount around its date.',
      tr: 'Satırda anahtar yok ve o tarihlerde bu tutarda sipariş yok.',
    };
  }
  if (reasons.carried) {
    return {
      en: `An order carries a key of the row (${key}), but no rule has matched the two; the next run looks again.`,
      tr: `Satırın bir anahtarı (${key}) bir siparişte var, ancak hiçbir kural ikisini eşleştirmedi; sonraki çalıştırma yeniden bakar.`,
    };
  }
  if (reasons.numbered) {
    return {
      en: `No order carries ${key}, and orders with other numbers are not suggested for it.`,
      tr: `${key} hiçbir siparişte yok; başka numaralı siparişler bu satıra önerilmez.`,
    };
  }
  return {
    en: `No order carries ${key}, and none has the row's amount around its date.`,
    tr: `${key} hiçbir siparişte yok ve o tarihlerde bu tutarda sipariş de yok.`,
  };
}
