import type { OptionName } from './options.ts';

/** Options of every command. */
const COMMON = ['data-dir', 'connection', 'json', 'now', 'help'] as const satisfies OptionName[];
/** Options of commands that need a connection for themselves. */
const ALONE = [...COMMON, 'wait'] as const satisfies OptionName[];
/** Options of commands that open a connection for writing. */
const WRITING = [...ALONE, 'as'] as const satisfies OptionName[];
/** Options of commands that read a period. */
const PERIOD = [...COMMON, 'from', 'to'] as const satisfies OptionName[];

/** Options that name a finding. */
const FINDING = ['check', 'order', 'order-id', 'row'] as const satisfies OptionName[];

interface CommandSpec {
  help: string;
  /** What stands behind the command's name; without it nothing does. */
  operand?: string;
  required: readonly OptionName[];
  options: readonly OptionName[];
  /** What an option means to this command, where others take it as well for something else. */
  says?: Partial<Readonly<Record<OptionName, string>>>;
}

/** Every command: what it does and what it takes. */
export const COMMANDS = {
  connect: {
    help: 'check host and token and remember the host',
    required: ['base-url'],
    options: [...ALONE, 'base-url', 'oms-url'],
  },
  sync: {
    help: 'pull what is new or may have changed, or every order, then run the checks',
    required: [],
    options: [...WRITING, 'full', 'verify', 'accept-vanished'],
  },
  runs: { help: 'list the runs of sync, newest first', required: [], options: [...COMMON, 'limit'] },
  'quarantine list': { help: "list the rows that do not fit the API's description", required: [], options: COMMON },
  'quarantine retry': { help: 'read quarantined orders again', required: [], options: WRITING },
  history: {
    help: 'list what changed on an order, or on all since a day or the close, newest first',
    required: [],
    options: [...COMMON, 'order', 'order-id', 'since'],
  },
  reconcile: {
    help: 'match statements with orders, run the checks and count what they find',
    required: [],
    options: PERIOD,
  },
  findings: {
    help: 'list what the checks find, and what is decided about it',
    required: [],
    options: [...PERIOD, 'check', 'status', 'owner', 'explain'],
  },
  'findings decide': {
    help: "decide about one finding, or with --all about every finding of a check in the period's queue",
    required: ['check'],
    options: [...WRITING, 'from', 'to', ...FINDING, 'all', 'status', 'reason', 'note', 'owner', 'correction'],
  },
  'findings note': {
    help: 'add a note to a finding',
    required: ['check', 'note'],
    options: [...WRITING, ...FINDING, 'note'],
  },
  'findings undo': {
    help: 'take a decision or a note back; the findings are as they were before',
    required: [],
    options: [...WRITING, 'entry'],
  },
  'findings trace': {
    help: 'show everything that happened to a finding',
    required: ['check'],
    options: [...COMMON, ...FINDING],
  },
  rules: { help: 'show the rules of the checks, and every version that was chosen', required: [], options: COMMON },
  'rules set': {
    help: 'put changed rules in force, or a former version again, and run the checks by them',
    required: ['reason'],
    options: [
      ...WRITING,
      'discount',
      'interest',
      'shipping-interest',
      'price',
      'quantity-key',
      'tolerance',
      'stuck-days',
      'archive-host',
      'closed-until',
      'version',
      'reason',
    ],
  },
  'rules calendar': {
    help: 'say on which days a source of statements works, as a new version of the rules',
    required: ['source', 'reason'],
    options: [...WRITING, 'source', 'weekend', 'holidays', 'closed', 'open', 'plain', 'default', 'reason'],
  },
  calibrate: {
    help: 'find out which formula the amounts of the orders follow',
    required: [],
    options: [...WRITING, 'from', 'to', 'choose', 'reason'],
  },
  payments: {
    help: 'show payments, refunds, discounts and cancellation plans of one order',
    required: [],
    options: [...WRITING, 'order', 'order-id', 'refresh'],
  },
  oms: {
    help: 'show one order in Omnitron beside the same one in OMS',
    required: [],
    options: [...COMMON, 'order', 'order-id'],
  },
  'corrections add': {
    help: 'propose a correction of an order (is_send=true) or a line (invoice_number, invoice_date, e_archive_url, tracking_number, shipping_company, status, cancel_status, extra_field.KEY), or many',
    required: [],
    options: [...WRITING, 'order', 'order-id', 'line', 'set', 'paste', 'sent-from-statement'],
  },
  'corrections list': {
    help: 'list corrections, newest first',
    required: [],
    options: [...COMMON, 'batch', 'state'],
  },
  'corrections withdraw': {
    help: 'take back corrections that are queued, waiting, in conflict or rejected',
    required: [],
    options: [...WRITING, 'id', 'all'],
  },
  'corrections cancel': {
    help: 'propose the call that starts a cancellation or refund of lines of an order, where the rules of control allow it',
    required: ['reason-id', 'confirm'],
    options: [...WRITING, 'order', 'order-id', 'all', 'line', 'reason-id', 'cargo', 'refund-invoice', 'confirm'],
  },
  'corrections push': {
    help: 'send approved batches to Omnitron, one or all; where nobody else approves, what is queued first becomes one',
    required: [],
    options: [...WRITING, 'batch'],
  },
  'corrections dry-run': {
    help: 'read Omnitron and say what a push of a batch would do; nothing is written there',
    required: ['batch'],
    options: [...WRITING, 'batch'],
  },
  'corrections reverse': {
    help: 'generate the batch that takes a finished one back, as a draft',
    required: ['batch', 'reason'],
    options: [...WRITING, 'batch', 'reason'],
  },
  'corrections receipts': {
    help: 'show what was asked and sent for a correction',
    required: ['id'],
    options: [...COMMON, 'id'],
  },
  'corrections keep': {
    help: 'decide corrections that are in conflict, rejected or unknown: queue them again, or leave what Omnitron holds',
    required: ['id'],
    options: [...WRITING, 'id', 'mine', 'theirs'],
  },
  'corrections batches': {
    help: 'list the batches of corrections, newest first',
    required: [],
    options: [...COMMON, 'state'],
  },
  'corrections submit': {
    help: 'submit a draft; where nobody else approves batches, that approves it',
    required: ['reason'],
    options: [...WRITING, 'batch', 'reason'],
  },
  'corrections approve': {
    help: 'approve a batch, all that wait, or a batch file from another workstation',
    required: [],
    options: [...WRITING, 'batch', 'all', 'file', 'out', 'dry-run'],
  },
  'corrections send-back': {
    help: 'send a batch that waits for approval back to its maker, as a draft',
    required: ['batch', 'reason'],
    options: [...WRITING, 'batch', 'reason'],
  },
  'corrections export': {
    help: 'save a submitted batch as a signed file, for approval at another workstation',
    required: ['batch', 'out'],
    options: [...WRITING, 'batch', 'out'],
  },
  'corrections import-approval': {
    help: 'take over an approval that was signed at another workstation',
    operand: 'FILE',
    required: [],
    options: WRITING,
  },
  'users list': { help: 'list the people with a PIN', required: [], options: COMMON },
  'users add': {
    help: 'add a person, whose PIN comes from MUTABAKAT_NEW_PIN; the first is added by anybody',
    operand: 'NAME',
    required: [],
    options: WRITING,
  },
  'users disable': {
    help: 'let a person sign in no more',
    operand: 'NAME',
    required: [],
    options: WRITING,
  },
  'users change-pin': {
    help: 'change a PIN, from the one in MUTABAKAT_PIN to the one in MUTABAKAT_NEW_PIN',
    operand: 'NAME',
    required: [],
    options: ALONE,
  },
  'users identity': {
    help: "save a person's public key, for other workstations",
    operand: 'NAME',
    required: ['out'],
    options: [...WRITING, 'out'],
  },
  'users import': {
    help: 'accept a person from another workstation',
    operand: 'FILE',
    required: [],
    options: WRITING,
  },
  control: {
    help: 'show the rules of control, or change them',
    required: [],
    options: [...WRITING, 'maker-checker', 'cancellations', 'unsend-proven', 'clear-proven', 'reason'],
  },
  import: {
    help: 'import a statement file of the ERP, a payment gateway, the bank or a marketplace',
    operand: 'FILE',
    required: ['kind'],
    options: [
      ...WRITING,
      'kind',
      'profile',
      'map',
      'decimal',
      'date-order',
      'currency',
      'sheet',
      'fee',
      'settlement-days',
      'dry-run',
      'save-profile',
    ],
  },
  statements: { help: 'list the imported statements, newest first', required: [], options: COMMON },
  'statements withdraw': {
    help: 'take a whole statement out of force',
    required: ['statement'],
    options: [...WRITING, 'statement', 'reason'],
  },
  'statements restore': {
    help: 'put a withdrawn statement back in force',
    required: ['statement'],
    options: [...WRITING, 'statement', 'reason'],
  },
  'statements rejected': {
    help: 'list the rejected rows of a statement, or write them to a CSV file',
    required: ['statement'],
    options: [...COMMON, 'statement', 'out'],
  },
  'statements profiles': { help: 'list the saved profiles', required: [], options: COMMON },
  'matches list': {
    help: 'list matches of statement rows with orders, and rows without one',
    required: [],
    options: [...COMMON, 'statement', 'state', 'limit'],
  },
  'matches accept': {
    help: 'confirm what is suggested for rows, or one order of an ambiguous row',
    required: ['row'],
    options: [...WRITING, 'row', 'order', 'order-id'],
  },
  'matches reject': {
    help: 'take matches of rows away for good, or those of the rows with one order',
    required: ['row'],
    options: [...WRITING, 'row', 'order', 'order-id'],
  },
  'matches add': {
    help: 'match rows with orders by hand',
    required: ['row'],
    options: [...WRITING, 'row', 'order', 'order-id'],
  },
  'matches undo': {
    help: 'take back what was done last to rows, rejections too, or one decision',
    required: [],
    options: [...WRITING, 'row', 'entry'],
  },
  'matches undo-run': { help: 'take back a whole run of matching', required: [], options: [...WRITING, 'run'] },
  'matches rules': { help: 'show the rules of matching', required: [], options: COMMON },
  'matches rules set': {
    help: 'put rules of matching in force, of all kinds from a file or of one kind, and match by them',
    required: ['reason'],
    options: [...WRITING, 'file', 'kind', 'rules', 'reason'],
  },
  'matches back-test': {
    help: 'say what rules of matching would do to the stored statements; nothing is stored',
    required: [],
    options: [...WRITING, 'file', 'kind', 'rules'],
  },
  report: {
    help: 'write the reconciliation report',
    required: ['kind', 'format', 'out'],
    options: [...PERIOD, 'kind', 'format', 'out'],
    says: { kind: 'the report: reconciliation' },
  },
  'audit list': {
    help: 'list the entries of the audit trail, newest first',
    required: [],
    options: [...PERIOD, 'text', 'group', 'limit'],
  },
  'audit verify': {
    help: 'recompute the chain of the audit trail and name the first entry that does not fit; the key of its entries comes from MUTABAKAT_AUDIT_KEY',
    required: [],
    options: COMMON,
  },
  sandbox: {
    help: 'serve an Omnitron look-alike on this computer until stopped',
    required: [],
    options: [
      ...COMMON,
      'port',
      'orders',
      'seed',
      'faults',
      'honour',
      'list-order',
      'max-limit',
      'quantity-key',
      'oms',
    ],
  },
  'sandbox statement': {
    help: 'write a statement that belongs to generated orders, and say what is planted in it',
    required: ['kind', 'out'],
    options: [...COMMON, 'kind', 'orders', 'seed', 'out'],
  },
  demo: { help: 'the whole job against an own sandbox', required: [], options: [...COMMON, 'orders'] },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;

/** What a command takes, without the narrow types of the table. */
export function commandSpec(name: CommandName): CommandSpec {
  return COMMANDS[name];
}

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(COMMANDS, text);
}
