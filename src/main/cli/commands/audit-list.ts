import { AUDIT_GROUPS, type AuditEntry, type AuditGroup } from '../../../shared/audit.ts';
import { AppError } from '../../../shared/errors.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, type Command, openConnection, periodOf } from '../context.ts';
import { table } from '../table.ts';

const USUAL_ENTRIES = 50;
const MOST_ENTRIES = 10_000;

const COLUMNS = [
  { heading: 'Entry', right: true },
  { heading: 'When' },
  { heading: 'Who' },
  { heading: 'Computer' },
  { heading: 'Person' },
  { heading: 'Action' },
  { heading: 'About' },
  { heading: 'Reason' },
  { heading: 'Takes back', right: true },
];

/** `audit list`: entries of the audit trail, newest first. */
export const auditList: Command = async (context) => {
  const limit = wholeNumber(context.args, 'limit', 1, MOST_ENTRIES) ?? USUAL_ENTRIES;
  const filter = { text: context.args.value('text') ?? '', groups: groupsOf(context), period: periodOf(context) };
  const { audit } = await openConnection(context, 'read');
  const { total, rows } = await audit.window({ filter, offset: 0, limit });
  const shown = rows.length < total ? `; the newest ${rows.length}` : '';
  return {
    json: { total, entries: rows },
    text: [
      `${total} ${total === 1 ? 'entry' : 'entries'}${shown}.`,
      ...(rows.length > 0 ? ['', ...table(COLUMNS, rows.map(cellsOf))] : []),
    ].join('\n'),
    needsPerson: false,
  };
};

function cellsOf({ id, at, who, host, profile, action, subject, reason, undoes }: AuditEntry): (string | null)[] {
  return [`${id}`, at, who, host, profile, action, subject, reason, undoes === null ? null : `${undoes}`];
}

/** @throws AppError USAGE */
function groupsOf({ args }: CliContext): AuditGroup[] {
  return args
    .values('group')
    .flatMap((text) => text.split(','))
    .map((text) => {
      const group = AUDIT_GROUPS.find((each) => each === text);
      if (group !== undefined) return group;
      throw new AppError('USAGE', `The option --group takes one or more of: ${AUDIT_GROUPS.join(', ')}.`);
    });
}
