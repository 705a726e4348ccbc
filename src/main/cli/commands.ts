/** Every option, what its value is called (null = a switch), and what it means. */
export const OPTIONS = {
  'data-dir': { value: 'DIR', help: "the folder with connections and settings (the window's own by default)" },
  connection: { value: 'NAME', help: 'which connection (default: default)' },
  json: { value: null, help: 'one JSON object on standard output, everything else on standard error' },
  now: { value: 'ISO', help: 'the instant to take for now, like 2026-01-31T09:00:00Z' },
  help: { value: null, help: 'this text' },
  wait: { value: null, help: 'wait until another window or command lets go of the connection' },
  from: { value: 'DAY', help: 'first business day, YYYY-MM-DD' },
  to: { value: 'DAY', help: 'last business day, YYYY-MM-DD' },
  'base-url': {
    value: 'URL',
    help: "the host's root; the token comes from OMNITRON_TOKEN, or OMNITRON_USERNAME and OMNITRON_PASSWORD",
  },
  'oms-url': {
    value: 'URL',
    help: 'the root of the host of OMS, or none; its token comes from OMNITRON_OMS_TOKEN',
  },
  full: { value: null, help: 'read every order' },
  verify: { value: 'FROM..TO', help: 'read every order of a period, like 2026-01-01..2026-01-31' },
  'accept-vanished': {
    value: null,
    help: 'first mark the orders that the last complete sync left in question as vanished',
  },
  limit: { value: 'N', help: 'how many runs are listed (20 by default)' },
  since: { value: 'ISO', help: 'changes seen from this instant on, like 2026-01-31T09:00:00Z' },
  check: { value: 'CHECK', help: 'only findings of this check' },
  order: { value: 'NUMBER', help: 'the order with this number' },
  'order-id': { value: 'ID', help: 'the order with this Omnitron id' },
  line: { value: 'ID', help: 'the order line with this Omnitron id' },
  set: { value: 'FIELD=VALUE', help: 'a field and the value it shall have; may be given more than once' },
  id: { value: 'ID', help: 'the correction with this id; may be given more than once, or as ID,ID' },
  all: { value: null, help: 'every correction that is queued, waiting, in conflict or rejected' },
  refresh: { value: null, help: 'read them from Omnitron first' },
  kind: { value: 'KIND', help: 'the report: reconciliation' },
  format: { value: 'xlsx|csv', help: 'the kind of file' },
  out: { value: 'FILE', help: 'where to write it; a file of that name is replaced' },
  port: { value: 'N', help: 'the port to listen at (0, any free one, by default)' },
  orders: { value: 'N', help: 'how many orders are generated (300 by default)' },
  seed: { value: 'N', help: 'the seed they are generated from (1 by default)' },
  faults: { value: 'FILE', help: 'a script of faults to play' },
  honour: { value: 'NAMES', help: 'what the order list honours, like sort,modified_date__gte (nothing by default)' },
  'list-order': { value: 'ORDER', help: 'how the order list stands: ascending (by default), descending or shuffled' },
  'max-limit': { value: 'N', help: 'the most rows of one page (100 by default)' },
  oms: { value: null, help: 'serve OMS too, at an address of its own' },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** Options of every command. */
const COMMON = ['data-dir', 'connection', 'json', 'now', 'help'] as const satisfies OptionName[];
/** Options of commands that open a connection for writing. */
const WRITING = [...COMMON, 'wait'] as const satisfies OptionName[];
/** Options of commands that read a period. */
const PERIOD = [...COMMON, 'from', 'to'] as const satisfies OptionName[];

interface CommandSpec {
  help: string;
  required: readonly OptionName[];
  options: readonly OptionName[];
}

/** Every command: what it does and what it takes. */
export const COMMANDS = {
  connect: {
    help: 'check host and token and remember the host',
    required: ['base-url'],
    options: [...WRITING, 'base-url', 'oms-url'],
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
    help: 'list what changed on an order, or on all since an instant, newest first',
    required: [],
    options: [...COMMON, 'order', 'order-id', 'since'],
  },
  reconcile: { help: 'run the checks and count what they find', required: [], options: PERIOD },
  findings: { help: 'list what the checks find', required: [], options: [...PERIOD, 'check'] },
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
    help: 'queue a correction of an order (is_send=true) or a line (invoice_number, invoice_date, e_archive_url)',
    required: ['set'],
    options: [...WRITING, 'order', 'order-id', 'line', 'set'],
  },
  'corrections list': { help: 'list corrections, newest first', required: [], options: COMMON },
  'corrections withdraw': {
    help: 'take back corrections that are queued, waiting, in conflict or rejected',
    required: [],
    options: [...WRITING, 'id', 'all'],
  },
  'corrections push': { help: 'send queued corrections to Omnitron', required: [], options: WRITING },
  report: {
    help: 'write the reconciliation report',
    required: ['kind', 'format', 'out'],
    options: [...PERIOD, 'kind', 'format', 'out'],
  },
  sandbox: {
    help: 'serve an Omnitron look-alike on this computer until stopped',
    required: [],
    options: [...COMMON, 'port', 'orders', 'seed', 'faults', 'honour', 'list-order', 'max-limit', 'oms'],
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

export function isOptionName(text: string): text is OptionName {
  return Object.hasOwn(OPTIONS, text);
}

/** `--connection NAME`, as usage texts write it. */
export function optionLabel(name: OptionName): string {
  const { value } = OPTIONS[name];
  return value === null ? `--${name}` : `--${name} ${value}`;
}
