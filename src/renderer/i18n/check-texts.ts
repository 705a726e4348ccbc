import type { CheckCode, CheckInfo } from '../../shared/findings.ts';
import { i18n } from './i18n.ts';

let known: ReadonlyMap<CheckCode, CheckInfo> = new Map();

/** Remembers what main says about the checks, which are its own. */
export function setChecks(checks: readonly CheckInfo[]): void {
  known = new Map(checks.map((check) => [check.code, check]));
}

const language = (): 'en' | 'tr' => (i18n.language === 'tr' ? 'tr' : 'en');

/** A check's title in the window's language; its code where it is not known. */
export function checkTitle(code: CheckCode): string {
  return known.get(code)?.title[language()] ?? code;
}

/** What a check means, in one sentence. */
export function checkHelp(code: CheckCode): string {
  return known.get(code)?.help[language()] ?? '';
}
