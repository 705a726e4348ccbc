/**
 * Decimal places of currencies, by ISO 4217 (list one, minor units). Only those that differ from two are listed.
 * Our own table because `Intl` follows CLDR, which says 0 for HUF and others where the standard says 2.
 */
const MINOR_UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    bif: 0,
    clp: 0,
    djf: 0,
    gnf: 0,
    isk: 0,
    jpy: 0,
    kmf: 0,
    krw: 0,
    pyg: 0,
    rwf: 0,
    ugx: 0,
    uyi: 0,
    vnd: 0,
    vuv: 0,
    xaf: 0,
    xof: 0,
    xpf: 0,
    bhd: 3,
    iqd: 3,
    jod: 3,
    kwd: 3,
    lyd: 3,
    omr: 3,
    tnd: 3,
    clf: 4,
    uyw: 4,
  }),
);

/** Decimal places in which amounts of `currency` (any letter case) are shown; 2 for a code the table does not know. */
export function currencyDecimals(currency: string): number {
  return MINOR_UNITS.get(currency.toLowerCase()) ?? 2;
}

/** Codes of ISO 4217 that occur in retail. A typing mistake must not make a currency of its own. */
const RETAIL: ReadonlySet<string> = new Set(
  (
    'aed ars aud azn bam bgn bhd brl byn cad chf clp cny cop czk dkk egp eur gbp gel hkd huf idr ils inr iqd isk jod ' +
    'jpy kes krw kwd kzt lbp lyd mad mdl mkd mxn myr ngn nok nzd omr pen php pkr pln qar ron rsd rub sar sek sgd thb ' +
    'tnd try twd uah usd uzs vnd zar'
  ).split(' '),
);

/** Whether a code, lower case, is a currency that a file or a person may name without any order being in it. */
export function isRetailCurrency(code: string): boolean {
  return RETAIL.has(code);
}
