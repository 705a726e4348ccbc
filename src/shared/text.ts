/**
 * Folds text for searching so that Turkish and English typists find the same rows: İ, I, ı and i fall together, other
 * letters go to lower case and lose their marks (ş, ç, ğ, ö, ü become s, c, g, o, u).
 */
export function foldForSearch(text: string): string {
  return text.replace(/[İIı]/g, 'i').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** True for text that says nothing. Omnitron writes both "" and null for "none". */
export function isNone(text: string | null | undefined): text is null | undefined | '' {
  return text === null || text === undefined || text === '';
}
