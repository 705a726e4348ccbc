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
  limit: { value: 'N', help: 'how many are listed (20 runs, 1000 matches by default)' },
  since: { value: 'ISO', help: 'changes seen from this instant on, like 2026-01-31T09:00:00Z' },
  check: { value: 'CHECK', help: 'findings of this check' },
  order: { value: 'NUMBER', help: 'the order with this number; to match by hand also several, as NUMBER,NUMBER' },
  'order-id': { value: 'ID', help: 'the order with this Omnitron id; to match by hand also several, as ID,ID' },
  status: { value: 'STATUS', help: 'open, in_progress, explained, accepted, corrected or ignored' },
  reason: { value: 'TEXT', help: 'why; where findings are decided, a reason code like commission' },
  note: { value: 'TEXT', help: 'a note about the findings' },
  owner: { value: 'NAME', help: 'who takes care of the findings' },
  row: { value: 'ID', help: 'the statement row with this id; of matches also several, as ID,ID' },
  state: { value: 'STATE', help: 'confirmed, suggested, ambiguous or unmatched' },
  file: { value: 'FILE', help: 'rules of matching as JSON, as matches rules --json prints them' },
  rules: { value: 'RULE,…', help: 'the ordered rules of --kind, like order,invoice,amount-date:3' },
  run: { value: 'ID', help: 'the run of matching with this id (the newest by default)' },
  correction: { value: 'ID', help: 'the correction that corrects the finding' },
  entry: { value: 'ID', help: 'the entry of the journal (the newest decision or note by default)' },
  line: { value: 'ID', help: 'the order line with this Omnitron id' },
  set: { value: 'FIELD=VALUE', help: 'a field and the value it shall have; may be given more than once' },
  id: { value: 'ID', help: 'the correction with this id; may be given more than once, or as ID,ID' },
  all: {
    value: null,
    help: 'every correction that is queued, waiting, in conflict or rejected; every finding of the check and period',
  },
  refresh: { value: null, help: 'read them from Omnitron first' },
  kind: { value: 'KIND', help: 'the report: reconciliation; the statement: erp, gateway, bank or marketplace' },
  format: { value: 'xlsx|csv', help: 'the kind of file' },
  out: { value: 'FILE', help: 'where to write it; a file of that name is replaced' },
  profile: { value: 'NAME', help: "how the source's files are read, as it was saved" },
  map: { value: 'FIELD=COLUMN,…', help: 'columns by heading or number, like order=Sipariş No,amount=5' },
  decimal: { value: 'auto|comma|point', help: 'how decimals are written (auto, by proof, by default)' },
  'date-order': { value: 'auto|dmy|mdy|ymd', help: 'the order of day, month and year (auto, by proof, by default)' },
  currency: { value: 'CUR', help: 'the currency of rows that name none' },
  fee: {
    value: 'PERCENT[+FIXED]',
    help: 'the fee that is expected of every row: a share, and what a row costs, like 1.99+0.25',
  },
  'settlement-days': { value: 'N', help: 'business days from an order to its row; what comes later is late' },
  sheet: { value: 'NAME', help: 'the sheet of a workbook (the first that has rows by default)' },
  'dry-run': { value: null, help: 'only say what would be done; nothing is stored' },
  'save-profile': { value: 'NAME', help: 'save how the file was read, for the next file of this source' },
  statement: { value: 'ID', help: 'the statement with this id' },
  port: { value: 'N', help: 'the port to listen at (0, any free one, by default)' },
  orders: { value: 'N', help: 'how many orders are generated (300 by default)' },
  seed: { value: 'N', help: 'the seed they are generated from (1 by default)' },
  faults: { value: 'FILE', help: 'a script of faults to play' },
  honour: { value: 'NAMES', help: 'what the order list honours, like sort,modified_date__gte (nothing by default)' },
  'list-order': { value: 'ORDER', help: 'how the order list stands: ascending (by default), descending or shuffled' },
  'max-limit': { value: 'N', help: 'the most rows of one page (100 by default)' },
  oms: { value: null, help: 'serve OMS too, at an address of its own' },
  explain: { value: null, help: 'say what may make up each difference' },
  choose: { value: null, help: 'put the proposed formula in force' },
  version: { value: 'N', help: 'the version of the rules that shall be in force again' },
  discount: { value: 'subtracted|included', help: 'whether the discount is subtracted or already in the prices' },
  interest: { value: 'added|included', help: 'whether the installment interest is added or already in the prices' },
  'shipping-interest': {
    value: 'added|included',
    help: 'whether the shipping interest is added or already in the shipping',
  },
  price: { value: 'line|unit', help: 'whether the price of a merged line is for the line or for each unit' },
  tolerance: {
    value: 'CUR=AMOUNT[,P%]',
    help: 'differences that are accepted, like try=0.05,1%, or try=none; may be given more than once',
  },
  'stuck-days': { value: 'N', help: 'days after which a waiting cancellation or refund is stuck' },
  'archive-host': {
    value: 'HOST',
    help: 'a host that e-archive links may point to, or none for any; may be given more than once',
  },
  'closed-until': { value: 'DAY', help: 'the last day of the closed periods, or none' },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** Options of every command. */
const COMMON = ['data-dir', 'connection', 'json', 'now', 'help'] as const satisfies OptionName[];
/** Options of commands that open a connection for writing. */
const WRITING = [...COMMON, 'wait'] as const satisfies OptionName[];
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
      'tolerance',
      'stuck-days',
      'archive-host',
      'closed-until',
      'version',
      'reason',
    ],
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
  },
  sandbox: {
    help: 'serve an Omnitron look-alike on this computer until stopped',
    required: [],
    options: [...COMMON, 'port', 'orders', 'seed', 'faults', 'honour', 'list-order', 'max-limit', 'oms'],
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

export function isOptionName(text: string): text is OptionName {
  return Object.hasOwn(OPTIONS, text);
}

/** `--connection NAME`, as usage texts write it. */
export function optionLabel(name: OptionName): string {
  const { value } = OPTIONS[name];
  return value === null ? `--${name}` : `--${name} ${value}`;
}
