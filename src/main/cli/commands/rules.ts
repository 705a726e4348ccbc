import { RELIGIOUS_KNOWN } from '../../../shared/religious-holidays.ts';
import { calendarTexts, formulaText, religiousText, tolerancesText } from '../../../shared/rule-words.ts';
import { isUnchosen, type VersionedRules } from '../../../shared/rules.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** Rules in force, for people. */
export function rulesWords(held: VersionedRules): string {
  const { version, rules } = held;
  const { formula, tolerances, stuckDays, archiveHosts, closedUntil, calendars, quantityKey } = rules;
  return [
    isUnchosen(held) ? 'Rules as assumed; nobody has chosen any.' : `Rules, version ${version}.`,
    '',
    `Formula: ${formulaText(formula, 'en')}`,
    `Key of the quantity: ${quantityKey}`,
    `Tolerances: ${tolerancesText(tolerances, 'en')}`,
    `Stuck after: ${counted(stuckDays, 'day')}`,
    `Archive hosts: ${archiveHosts.length === 0 ? 'any' : archiveHosts.join(', ')}`,
    `Closed until: ${closedUntil ?? 'no period is closed'}`,
    ...calendarTexts(calendars, 'en').map((text) => `Calendar: ${text}`),
    religiousText('en'),
  ].join('\n');
}

/** `rules`: the rules in force, and every version that was chosen. */
export const rules: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const inForce = await reader.rulesInForce();
  const history = await reader.rulesHistory();
  return {
    json: { ...inForce, history, religiousHolidays: RELIGIOUS_KNOWN },
    text: [
      rulesWords(inForce),
      ...(history.length > 0 ? [''] : []),
      ...history.map(({ version, chosenAt, reason }) => `${chosenAt}  version ${version}: ${reason}`),
    ].join('\n'),
    needsPerson: false,
  };
};
