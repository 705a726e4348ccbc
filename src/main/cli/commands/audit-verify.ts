import type { AuditVerdict } from '../../../shared/audit.ts';
import { AUDIT_KEY_VARIABLE } from '../audit-key.ts';
import { type Command, openConnection } from '../context.ts';

/** `audit verify`: recomputes the chain of the audit trail and names the first entry that does not fit. */
export const auditVerify: Command = async (context) => {
  const { audit } = await openConnection(context, 'read');
  const verdict = await audit.verify();
  return { json: verdict, text: verdictWords(verdict).join('\n'), needsPerson: !verdict.ok };
};

/** What recomputing the chain showed, for people. */
function verdictWords({ entries, keyed, uncheckedKeyed, plain, head, outside, bad }: AuditVerdict): string[] {
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  const first = bad === null ? `The audit trail is intact: ${count}.` : `The audit trail is not intact. ${bad.message}`;
  return [
    first,
    ...(keyed > 0 ? [`Authenticated by the key: ${keyed}.`] : []),
    ...(uncheckedKeyed > 0
      ? [`Authenticated by a key that is not at hand, so only chained here: ${uncheckedKeyed}.`]
      : []),
    ...(plain > 0
      ? [
          `Chained without a key: ${plain}. Who can write the files can also make such a chain anew; the window keeps a key in the key store of the system, the command line takes one from ${AUDIT_KEY_VARIABLE}.`,
        ]
      : []),
    ...(outside
      ? []
      : ['Its end could not be compared with the file audit-head.json: there is none that can be read.']),
    ...(head === null ? [] : [`End of the chain, to be written down: ${entries} ${head}`]),
  ];
}
