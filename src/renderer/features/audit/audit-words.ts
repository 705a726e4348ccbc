import type { TFunction } from 'i18next';
import { AUDIT_ACTIONS, AUDIT_GROUPS } from '../../../shared/audit.ts';

/** What was done, in words; a code that this version does not know stays as it is. */
export function actionText(t: TFunction, code: string): string {
  const known = AUDIT_ACTIONS.find((each) => each === code);
  return known === undefined ? code : t(`audit.action.${known}`);
}

/** What every action and its group are called, by code: the words that a search looks through. */
export function actionNames(t: TFunction): Record<string, string> {
  return Object.fromEntries(
    AUDIT_ACTIONS.map((action) => {
      const group = AUDIT_GROUPS.find((each) => action.startsWith(`${each}.`));
      return [
        action,
        group === undefined ? actionText(t, action) : `${actionText(t, action)} ${t(`audit.groups.${group}`)}`,
      ];
    }),
  );
}

/** The forms of what an entry is about, as the trail keeps them; the first that fits counts. */
const SUBJECTS = [
  ['finding', /^finding (.+)$/],
  ['findings', /^(\d+) findings$/],
  ['batchFile', /^batch file (.+)$/],
  ['batch', /^batch (.+)$/],
  ['correction', /^correction (\d+)$/],
  ['corrections', /^(\d+) corrections$/],
  ['statement', /^statement (\d+)$/],
  ['rejectedRows', /^rejected rows of statement (\d+)$/],
  ['profile', /^profile (.+)$/],
  ['matchRules', /^match rules (\d+)$/],
  ['matchRun', /^match run (\d+)$/],
  ['row', /^row (\d+)$/],
  ['rows', /^(\d+) rows from row \d+$/],
  ['rules', /^rules (\d+)$/],
  ['control', /^control (\d+)$/],
  ['user', /^user (.+)$/],
  ['connection', /^connection (.+)$/],
  ['orders', /^(\d+) orders$/],
  ['report', /^report (.+)$/],
  ['settings', /^settings (.+)$/],
] as const;

/** What an entry is about, in words; a form that this version does not know stays as it is. */
export function subjectText(t: TFunction, subject: string): string {
  for (const [kind, form] of SUBJECTS) {
    const name = form.exec(subject)?.[1];
    if (name !== undefined) return t(`audit.about.${kind}`, { name });
  }
  return subject;
}

/** Canonical JSON set out on lines of its own; what was cut off stays as it is. */
export function setOut(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
