import { CHECK_CODES } from '../../../shared/findings.ts';
import { oneOf } from '../arguments.ts';
import { type Command, openForFindings, periodOf } from '../context.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Check' },
  { heading: 'Order' },
  { heading: 'Expected', right: true },
  { heading: 'Actual', right: true },
  { heading: 'Difference', right: true },
  { heading: 'Currency' },
  { heading: 'What' },
];

/** `findings`: every finding of the period, check by check. */
export const findings: Command = async (context) => {
  const period = periodOf(context);
  const check = oneOf(context.args, 'check', CHECK_CODES);
  const { reader } = await openForFindings(context);
  const filter = { period, checks: check === undefined ? [] : [check], text: '' };
  const found = await reader.findingsAll({ filter, timeZone: context.settings.timeZone });
  const rows = found.map((each) => [
    each.check,
    each.order.number,
    each.expected,
    each.actual,
    each.difference,
    each.currency,
    each.text.en,
  ]);
  return {
    json: { findings: found },
    text: [`${counted(found.length, 'finding')}.`, ...(found.length > 0 ? ['', ...table(COLUMNS, rows)] : [])].join(
      '\n',
    ),
    needsPerson: false,
  };
};
