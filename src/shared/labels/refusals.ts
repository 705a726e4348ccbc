import type { ValueRefusal } from '../correction-values.ts';
import type { Bilingual } from '../primitives.ts';

/** Why a row of a paste cannot be proposed, where no single value is at fault. */
export const ROW_REFUSALS = [
  'order-missing',
  'order-unknown',
  'order-ambiguous',
  'order-vanished',
  'key-cut',
  'line-form',
  'line-unknown',
  'line-elsewhere',
  'line-needed',
  'sent-form',
  'set-twice',
  'sets-nothing',
  'cells-extra',
  'changes-nothing',
  'in-batch',
  'being-sent',
] as const;
export type RowRefusal = (typeof ROW_REFUSALS)[number];
export type ProposalRefusal = ValueRefusal | RowRefusal;

/** What is wrong with a proposal, and what to do, in the languages of people. */
export const REFUSAL_TEXTS: Readonly<Record<ProposalRefusal, Bilingual>> = {
  empty: {
    en: 'A field cannot be cleared: Omnitron does not document that it works. Give a value.',
    tr: 'Bir alan boşaltılamaz: Omnitron bunun çalıştığını belgelemiyor. Bir değer verin.',
  },
  sent: {
    en: 'The sent flag can only be set to true; taking it back is not documented.',
    tr: 'Gönderildi işareti yalnızca konabilir; geri alınması belgelenmemiş.',
  },
  'number-form': {
    en: 'An invoice number has 1 to 128 letters, digits, blanks or . / _ - signs.',
    tr: 'Fatura numarası 1–128 harf, rakam, boşluk veya . / _ - işaretinden oluşur.',
  },
  'number-e-invoice': {
    en: 'An e-invoice number is three capital letters or digits, the year and nine digits, like ABC2026000000001.',
    tr: 'E-fatura numarası üç büyük harf veya rakam, yıl ve dokuz rakamdır; örneğin ABC2026000000001.',
  },
  year: {
    en: 'The year inside the invoice number is not the year of the invoice date. Set both together, or correct one.',
    tr: 'Fatura numarasındaki yıl, fatura tarihinin yılı değil. İkisini birlikte verin veya birini düzeltin.',
  },
  'date-form': {
    en: 'This is no day. Write the invoice date as YYYY-MM-DD.',
    tr: 'Bu bir gün değil. Fatura tarihini YYYY-AA-GG biçiminde yazın.',
  },
  'date-future': {
    en: 'The invoice date lies in the future. Give today or an earlier day.',
    tr: 'Fatura tarihi gelecekte. Bugünü veya daha önceki bir günü verin.',
  },
  'date-closed': {
    en: 'The invoice date lies in a closed period. Give a later day, or open the period in the rules.',
    tr: 'Fatura tarihi kapanmış bir dönemde. Daha sonraki bir gün verin veya kurallarda dönemi açın.',
  },
  link: {
    en: 'The e-archive link must be a complete https:// address without a user name or password.',
    tr: 'E-arşiv bağlantısı, kullanıcı adı ve parola içermeyen tam bir https:// adresi olmalı.',
  },
  tracking: {
    en: 'A tracking number has 1 to 256 letters, digits, blanks or . / _ - signs.',
    tr: 'Takip numarası 1–256 harf, rakam, boşluk veya . / _ - işaretinden oluşur.',
  },
  company: {
    en: 'This carrier is not known. Give other, aras, yurtici, bringo_express or one that an order carries already.',
    tr: 'Bu kargo firması bilinmiyor. other, aras, yurtici, bringo_express ya da bir siparişte bulunan bir firma verin.',
  },
  status: {
    en: 'This status is not known. Give a code of Omnitron like 500.',
    tr: 'Bu durum bilinmiyor. Omnitron’un 500 gibi bir kodunu verin.',
  },
  'cancel-status': {
    en: 'This cancellation status is not known. Give one of Omnitron like waiting or completed.',
    tr: 'Bu iptal durumu bilinmiyor. Omnitron’un waiting veya completed gibi bir değerini verin.',
  },
  'cancel-move': {
    en: 'Omnitron does not let the cancellation status change from what it is now to this one.',
    tr: 'Omnitron, iptal durumunun şimdiki değerinden buna geçmesine izin vermiyor.',
  },
  'extra-key': {
    en: 'A key of extra_field has 1 to 100 letters, digits or _ . - signs.',
    tr: 'Bir extra_field anahtarı 1–100 harf, rakam veya _ . - işaretinden oluşur.',
  },
  'extra-value': {
    en: 'Give text, true, false, or a JSON list or object of such; numbers inside it stand in quotes.',
    tr: 'Metin, true, false ya da bunlardan oluşan bir JSON listesi veya nesnesi verin; içindeki sayılar tırnak içinde yazılır.',
  },
  'order-missing': {
    en: 'The row names no order number.',
    tr: 'Satırda sipariş numarası yok.',
  },
  'order-unknown': {
    en: 'No order with this number is held. Sync, then paste again.',
    tr: 'Bu numarada bir sipariş yok. Eşitleyin, sonra yeniden yapıştırın.',
  },
  'order-ambiguous': {
    en: 'Several channels have an order with this number. Correct it in the order itself.',
    tr: 'Birden çok kanalda bu numarada sipariş var. Düzeltmeyi siparişin içinde yapın.',
  },
  'order-vanished': {
    en: 'Omnitron no longer has this order, so nothing of it can be corrected. If it is back there, sync first.',
    tr: 'Bu sipariş Omnitron’da artık yok, bu yüzden hiçbir şeyi düzeltilemez. Orada yeniden varsa önce eşitleyin.',
  },
  'key-cut': {
    en: 'A spreadsheet has cut this number, like 1,23E+15. Format its column as text and copy again.',
    tr: 'Hesap tablosu bu numarayı kesmiş (1,23E+15 gibi). Sütununu metin yapıp yeniden kopyalayın.',
  },
  'line-form': {
    en: 'This is no line id. Give the whole number that Omnitron has for the line.',
    tr: 'Bu bir satır kimliği değil. Omnitron’un satıra verdiği tam sayıyı yazın.',
  },
  'line-unknown': {
    en: 'This line is not held. Sync, then paste again.',
    tr: 'Bu satır yok. Eşitleyin, sonra yeniden yapıştırın.',
  },
  'line-elsewhere': {
    en: 'This line belongs to another order, or has another SKU.',
    tr: 'Bu satır başka bir siparişe ait veya SKU’su farklı.',
  },
  'line-needed': {
    en: 'The order has several lines, and this field is set for one of them. Name the line.',
    tr: 'Siparişte birden çok satır var ve bu alan bunlardan biri için verilir. Satırı belirtin.',
  },
  'sent-form': {
    en: 'The sent flag is yes or no, true or false, 1 or 0.',
    tr: 'Gönderildi işareti evet veya hayır, doğru veya yanlış, 1 veya 0 olur.',
  },
  'set-twice': {
    en: 'An earlier row sets the same field to another value. Keep one of both.',
    tr: 'Önceki bir satır aynı alana başka bir değer veriyor. İkisinden birini bırakın.',
  },
  'sets-nothing': {
    en: 'Nothing is set. Name at least one field and its value.',
    tr: 'Hiçbir alan verilmemiş. En az bir alan ve değerini belirtin.',
  },
  'cells-extra': {
    en: 'The row has more cells than the heading: an amount with a comma without quotes, for example.',
    tr: 'Satırda başlıktan çok hücre var: örneğin tırnak içine alınmamış virgüllü bir değer.',
  },
  'changes-nothing': {
    en: 'Nothing to correct: Omnitron already holds these values, as last read.',
    tr: 'Düzeltilecek bir şey yok: son okunduğunda Omnitron’da zaten bu değerler var.',
  },
  'in-batch': {
    en: 'Another batch sets this field already. Finish that batch, send it back, or withdraw its correction.',
    tr: 'Başka bir fiş bu alanı zaten veriyor. O fişi tamamlayın, geri gönderin veya düzeltmesini geri alın.',
  },
  'being-sent': {
    en: 'This field is being sent, or may have been written. Push to the end, then correct what Omnitron holds.',
    tr: 'Bu alan gönderiliyor veya yazılmış olabilir. Gönderimi bitirin, sonra Omnitron’daki değeri düzeltin.',
  },
};

/** Whether a text is one of the reasons. */
export function isProposalRefusal(text: unknown): text is ProposalRefusal {
  return typeof text === 'string' && Object.hasOwn(REFUSAL_TEXTS, text);
}
