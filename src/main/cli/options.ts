/** Every option, what its value is called (null = a switch), and what it means. */
export const OPTIONS = {
  'data-dir': { value: 'DIR', help: "the folder with connections and settings (the window's own by default)" },
  connection: { value: 'NAME', help: 'which connection (default: default)' },
  json: { value: null, help: 'one JSON object on standard output, everything else on standard error' },
  now: { value: 'ISO', help: 'the instant to take for now, like 2026-01-31T09:00:00Z' },
  help: { value: null, help: 'this text' },
  wait: { value: null, help: 'wait until another window or command lets go of the connection' },
  as: { value: 'NAME', help: 'in whose name this is done; the PIN comes from MUTABAKAT_PIN' },
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
  limit: { value: 'N', help: 'how many are listed (20 runs, 50 entries, 1000 matches by default)' },
  since: {
    value: 'DAY|ISO|close',
    help: 'changes seen from the beginning of this business day, from this instant, like 2026-01-31T09:00:00Z, or since the last closed period was closed',
  },
  check: { value: 'CHECK', help: 'findings of this check' },
  order: { value: 'NUMBER', help: 'the order with this number; to match by hand also several, as NUMBER,NUMBER' },
  'order-id': { value: 'ID', help: 'the order with this Omnitron id; to match by hand also several, as ID,ID' },
  status: { value: 'STATUS', help: 'open, in_progress, explained, accepted, corrected or ignored' },
  reason: { value: 'TEXT', help: 'why; where findings are decided, a reason code like commission' },
  note: { value: 'TEXT', help: 'a note about the findings' },
  owner: { value: 'NAME', help: 'who takes care of the findings' },
  row: { value: 'ID', help: 'the statement row with this id; of matches also several, as ID,ID' },
  state: {
    value: 'STATE',
    help: 'matches: confirmed, suggested, ambiguous or unmatched; corrections, also several: queued, waiting, unknown, conflict, rejected, applied, withdrawn, checking, sending or verifying; batches: draft, for_approval, approved, pushing, done, done_with_exceptions or discarded',
  },
  mine: { value: null, help: 'the values that were wanted' },
  theirs: { value: null, help: "Omnitron's values" },
  batch: { value: 'NUMBER', help: 'the batch with this number, like 2026-0007' },
  file: {
    value: 'FILE',
    help: 'rules of matching as JSON, as matches rules --json prints them; to approve, a batch file from another workstation',
  },
  'maker-checker': { value: 'on|off', help: 'whether a second person must approve a batch' },
  cancellations: { value: 'on|off', help: 'whether calls that start a cancellation or refund may be proposed' },
  'unsend-proven': { value: 'yes|no', help: 'whether this Omnitron has been seen to take the sent flag back' },
  'clear-proven': { value: 'yes|no', help: 'whether this Omnitron has been seen to clear a field' },
  text: { value: 'WORDS', help: 'entries in which all of these words occur' },
  group: { value: 'GROUP,…', help: 'entries of these groups, like statement,batch; may be given more than once' },
  rules: { value: 'RULE,…', help: 'the ordered rules of --kind, like order,invoice,amount-date:3' },
  run: { value: 'ID', help: 'the run of matching with this id (the newest by default)' },
  correction: { value: 'ID', help: 'the correction that corrects the finding' },
  entry: { value: 'ID', help: 'the entry of the journal (the newest decision or note by default)' },
  paste: {
    value: 'FILE',
    help: 'rows of proposals with their heading, as a spreadsheet copies them; - = standard input',
  },
  'sent-from-statement': {
    value: 'ID',
    help: 'the orders that this statement of the ERP is about, to be marked as sent',
  },
  line: {
    value: 'ID',
    help: 'the order line with this Omnitron id; to cancel also several, as ID,ID or given more than once',
  },
  'reason-id': {
    value: 'LINE=ID',
    help: 'the id of the reason for which a line is cancelled; may be given more than once, or as LINE=ID,LINE=ID',
  },
  cargo: { value: null, help: 'give shipping back too' },
  'refund-invoice': { value: 'NUMBER', help: 'the number of the refund invoice' },
  confirm: { value: 'AMOUNT', help: 'what the cancelled lines come to, to the last digit, like 1234.56' },
  set: { value: 'FIELD=VALUE', help: 'a field and the value it shall have; may be given more than once' },
  id: { value: 'ID', help: 'the correction with this id; may be given more than once, or as ID,ID' },
  all: {
    value: null,
    help: 'every correction that is queued, waiting, in conflict or rejected; every finding of the check and period; every line of the order',
  },
  refresh: { value: null, help: 'read them from Omnitron first' },
  kind: { value: 'KIND', help: 'the statements: erp, gateway, bank or marketplace' },
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
  version: { value: 'N', help: 'the version of the rules that shall be in force again; 0 takes every choice back' },
  discount: { value: 'subtracted|included', help: 'whether the discount is subtracted or already in the prices' },
  interest: { value: 'added|included', help: 'whether the installment interest is added or already in the prices' },
  'shipping-interest': {
    value: 'added|included',
    help: 'whether the shipping interest is added or already in the shipping',
  },
  price: { value: 'line|unit', help: 'whether the price of a merged line is for the line or for each unit' },
  'quantity-key': { value: 'KEY', help: 'the attribute of a line that holds the units of a merged one' },
  tolerance: {
    value: 'CUR=AMOUNT[,P%]',
    help: 'differences that are accepted, like try=0.05,1%, or try=none; may be given more than once',
  },
  'stuck-days': { value: 'N', help: 'days after which a waiting cancellation or refund is stuck' },
  'archive-host': {
    value: 'HOST',
    help: 'a host that e-archive links may point to, or none for any; may be given more than once',
  },
  source: { value: 'KIND|PROFILE', help: 'statements of this kind, or those read by this profile' },
  weekend: { value: 'DAYS', help: 'days of the week without work, like sat,sun, or none' },
  holidays: { value: 'turkey|fixed|none', help: 'the holidays of Turkey, those with a fixed date alone, or none' },
  closed: { value: 'DAY', help: 'a further day without work; may be given more than once' },
  open: { value: 'DAY', help: 'a day with work in spite of the rest; may be given more than once' },
  plain: { value: 'DAY', help: 'a day that was added or removed and shall be as the rest says; likewise' },
  default: { value: null, help: 'no calendar of its own: Monday to Friday without the holidays of Turkey' },
  'closed-until': { value: 'DAY', help: 'the last day of the closed periods, or none' },
} as const;

export type OptionName = keyof typeof OPTIONS;

export function isOptionName(text: string): text is OptionName {
  return Object.hasOwn(OPTIONS, text);
}

/** `--connection NAME`, as usage texts write it. */
export function optionLabel(name: OptionName): string {
  const { value } = OPTIONS[name];
  return value === null ? `--${name}` : `--${name} ${value}`;
}
