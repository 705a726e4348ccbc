import type { Explanation } from '../../../shared/explanations.ts';
import type { Finding } from '../../../shared/findings.ts';
import { FINDING_STATUSES } from '../../../shared/queue.ts';
import type { ReaderService, Remote } from '../../engine/services.ts';
import { CHECK_CODES } from '../../reconcile/checks/catalogue.ts';
import { oneOf } from '../arguments.ts';
import { type Command, openForFindings, periodOf } from '../context.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Check' },
  { heading: 'Order' },
  { heading: 'Status' },
  { heading: 'Age', right: true },
  { heading: 'Expected', right: true },
  { heading: 'Actual', right: true },
  { heading: 'Difference', right: true },
  { heading: 'Currency' },
  { heading: 'What' },
];

/** `findings`: the findings of the period, check by check, with what is decided about them. */
export const findings: Command = async (context) => {
  const period = periodOf(context);
  const check = oneOf(context.args, 'check', CHECK_CODES);
  const status = oneOf(context.args, 'status', FINDING_STATUSES);
  const owner = context.args.value('owner');
  const { reader } = await openForFindings(context);
  const filter = {
    period,
    checks: check === undefined ? [] : [check],
    text: '',
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(owner === undefined ? {} : { owner }),
  };
  const found = await reader.findingsAll({ filter, timeZone: context.settings.timeZone });
  const explained: Explained[] = context.args.has('explain') ? await withExplanations(reader, found) : found;
  const rows = explained.map((each) => [
    each.check,
    each.order?.number ?? (each.row === null ? '' : `statement ${each.row.statement}, line ${each.row.line}`),
    each.status,
    `${each.age}`,
    each.expected,
    each.actual,
    each.difference,
    each.currency,
    each.explanation === undefined ? each.text.en : `${each.text.en} ${explanationWords(each.explanation)}`,
  ]);
  return {
    json: { findings: explained },
    text: [`${counted(found.length, 'finding')}.`, ...(found.length > 0 ? ['', ...table(COLUMNS, rows)] : [])].join(
      '\n',
    ),
    needsPerson: false,
  };
};

/** Findings that are explained at a time, so that others are answered in between. */
const CHUNK = 200;

type Explained = Finding & { explanation?: Explanation | null };

/** The findings, those that have a difference with what may make it up. */
async function withExplanations(reader: Remote<ReaderService>, found: readonly Finding[]): Promise<Explained[]> {
  const all: Explained[] = [];
  for (let start = 0; start < found.length; start += CHUNK) {
    const some = found.slice(start, start + CHUNK);
    const findings = some.map(({ check, subject }) => ({ check, subject }));
    const explanations = await reader.explainFindings({ findings });
    all.push(
      ...some.map((each, at) => (each.difference === null ? each : { ...each, explanation: explanations[at] ?? null })),
    );
  }
  return all;
}

function explanationWords(explanation: Explanation | null): string {
  if (explanation === null) return '(unexplained)';
  return `(explained by: ${explanation.text.en}${explanation.weak ? '; may be chance' : ''})`;
}
