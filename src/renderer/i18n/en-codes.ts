import { CODE_LABELS_EN } from '../../shared/labels/en.ts';

/** English words for every code that main may send: errors, checks, statuses, states, fields. */
export const enCodes = {
  errors: {
    USAGE: { what: 'The request was not understood.', todo: 'Check what you entered and try again.' },
    CONNECTION_UNKNOWN: { what: 'This connection does not exist.', todo: 'Choose another one or connect again.' },
    CONNECTION_EXISTS: { what: 'A connection with this name already exists.', todo: 'Choose another name.' },
    ORDER_UNKNOWN: { what: 'This order is not in the local copy.', todo: 'Sync, then look for it again.' },
    ORDER_VANISHED: {
      what: 'Omnitron no longer has this order, so nothing of it can be corrected.',
      todo: 'If it is back there, sync first.',
    },
    LINE_UNKNOWN: { what: 'This order line is not in the local copy.', todo: 'Sync, then look for it again.' },
    NUMBER_AMBIGUOUS: { what: 'More than one order has this number.', todo: 'Choose the order by its id.' },
    FIELD_NOT_WRITABLE: {
      what: 'Omnitron does not let this field be changed.',
      todo: 'Correct it in Omnitron itself.',
    },
    VALUE_INVALID: { what: 'A value is not valid.', todo: 'Correct it and try again.' },
    CORRECTION_UNKNOWN: { what: 'This correction does not exist any more.', todo: 'Refresh the list.' },
    CORRECTION_STATE: {
      what: 'This correction has moved on in the meantime.',
      todo: 'Look at its present state and decide again.',
    },
    CANCELLATION_OFF: {
      what: 'Cancelling and refunding from here is switched off.',
      todo: 'Do it in Omnitron itself, or switch it on in the rules of control.',
    },
    BATCH_UNKNOWN: { what: 'This batch does not exist.', todo: 'Refresh the list.' },
    BATCH_STATE: {
      what: 'The batch does not stand so that this can be done.',
      todo: 'Read the reason and look at its present state.',
    },
    OWN_BATCH: { what: 'Nobody approves a batch that they had a part in.', todo: 'Let another person approve it.' },
    USER_UNKNOWN: {
      what: 'This person is not known here or cannot sign in here.',
      todo: 'Look at the list of people, or import the person’s identity file.',
    },
    USER_EXISTS: { what: 'This person is known here already.', todo: 'Choose another name.' },
    USER_NEEDED: { what: 'This needs a person who is signed in.', todo: 'Sign in with your name and PIN.' },
    PIN_WRONG: { what: 'This is not the right PIN.', todo: 'Enter it again. Five wrong ones pause signing in.' },
    PIN_PAUSED: {
      what: 'Too many wrong PINs: signing in is paused.',
      todo: 'Wait until the pause is over, then try again.',
    },
    FILE_REFUSED: {
      what: 'This file cannot be accepted.',
      todo: 'Read the reason, and ask the person it came from for it again.',
    },
    FINDING_UNKNOWN: {
      what: 'This difference does not exist any more, or is settled already.',
      todo: 'Refresh the list.',
    },
    ENTRY_UNKNOWN: { what: 'There is no such entry to undo.', todo: 'Refresh the list.' },
    UNDO_REFUSED: {
      what: 'This cannot be undone any more.',
      todo: 'It has been undone already, or something was decided later: undo that first.',
    },
    URL_INVALID: {
      what: 'This is not an address that can be used.',
      todo: 'Enter the host’s root, for example https://company.omnitron.akinon.net.',
    },
    TOKEN_MISSING: {
      what: 'No token or password is known for this connection.',
      todo: 'Enter one in Settings.',
    },
    SIGN_IN_REFUSED: {
      what: 'Omnitron refused the sign-in.',
      todo: 'Check the token, or user name and password, or ask your Omnitron administrator for new ones.',
    },
    SIGN_IN_CODE_NEEDED: {
      what: 'This account demands a one-time code to sign in.',
      todo: 'This program cannot give one. Use a token instead.',
    },
    SIGN_IN_PAUSED: {
      what: 'Signing in is paused.',
      todo: 'There were three sign-ins within six minutes. Wait at most six minutes, then try again.',
    },
    FORBIDDEN: {
      what: 'The token is not allowed to do this.',
      todo: 'Ask your Omnitron administrator for the missing permission.',
    },
    NOT_REACHABLE: { what: 'Omnitron cannot be reached.', todo: 'Check the network and the address, then try again.' },
    TIMEOUT: { what: 'Omnitron did not answer in time.', todo: 'Try again in a few minutes.' },
    RATE_LIMITED: { what: 'Omnitron asks for fewer requests.', todo: 'Wait a few minutes and try again.' },
    SERVER_ERROR: { what: 'Omnitron reported a fault of its own.', todo: 'Try again later.' },
    REDIRECT_REFUSED: {
      what: 'The server points to another address, which is not followed.',
      todo: 'Check the address of the connection.',
    },
    RESPONSE_TOO_LARGE: { what: 'Omnitron’s answer is larger than expected.', todo: 'Try again later.' },
    RESPONSE_INVALID: {
      what: 'Omnitron’s answer is not what its documentation describes.',
      todo: 'Nothing stored was changed. Try again, and tell support if it stays.',
    },
    REQUEST_REJECTED: { what: 'Omnitron rejected the request.', todo: 'Read the reason and correct the value.' },
    VANISHED_IN_QUESTION: {
      what: 'Suspiciously many orders did not occur at Omnitron any more.',
      todo: 'Check that the connection leads to the right store, then sync again.',
    },
    NOT_FOUND: { what: 'Omnitron does not know this address or record.', todo: 'Check the address of the connection.' },
    DATA_LOCKED: {
      what: 'Another program is using this data folder.',
      todo: 'Close the other window or wait for the command line to end.',
    },
    DATA_NOT_WRITABLE: { what: 'The data folder cannot be written to.', todo: 'Check its permissions and try again.' },
    DATA_FULL: { what: 'The disk is full.', todo: 'Free some space and try again. Nothing stored was lost.' },
    DATA_TOO_NEW: {
      what: 'The data was written by a newer version of the program.',
      todo: 'Install that version. Nothing was changed.',
    },
    DATA_DAMAGED: {
      what: 'The local data is damaged.',
      todo: 'Start the program again: a damaged copy of the orders is then put aside and can be fetched anew. Where local.db is damaged, restore it from a backup.',
    },
    FILE_NOT_WRITABLE: {
      what: 'The file cannot be written.',
      todo: 'Close it if it is open in Excel, or choose another place.',
    },
    FILE_NOT_READABLE: {
      what: 'The file cannot be opened.',
      todo: 'Check that it still exists, that it is no folder, and that you may read it.',
    },
    STATEMENT_UNREADABLE: {
      what: 'This file cannot be read as a statement.',
      todo: 'Read the reason, export the file again as CSV or XLSX, and try once more. Nothing was stored.',
    },
    STATEMENT_KNOWN: {
      what: 'This very file was imported before.',
      todo: 'Withdraw the earlier statement first if it is to be read anew.',
    },
    STATEMENT_UNKNOWN: { what: 'This statement is not held.', todo: 'Refresh the list of statements.' },
    MATCH_UNKNOWN: {
      what: 'There is no such row or match any more.',
      todo: 'Look at the list again.',
    },
    MATCH_STATE: {
      what: 'The match is in a state that does not allow this.',
      todo: 'Choose one order for an ambiguous row; undo a confirmed match first.',
    },
    STATEMENT_STATE: {
      what: 'The statement cannot be withdrawn or restored as things stand.',
      todo: 'Read the reason: another statement with the same rows has to go first.',
    },
    STATEMENT_COLUMN_MISSING: {
      what: 'The file lacks a column that is needed.',
      todo: 'Choose the columns by hand, or another profile.',
    },
    STATEMENT_COLUMN_UNCLEAR: {
      what: 'Several columns could be meant.',
      todo: 'Choose the column by hand.',
    },
    STATEMENT_DECIMAL_UNCLEAR: {
      what: 'The amounts can be read in two ways.',
      todo: 'Compare the sums with the printed total and choose comma or point.',
    },
    STATEMENT_DATE_UNCLEAR: {
      what: 'The dates can be read in two ways.',
      todo: 'Choose whether the day or the month comes first.',
    },
    PROFILE_UNKNOWN: { what: 'There is no profile with this name.', todo: 'Choose another profile.' },
    NODE_TOO_OLD: { what: 'The runtime is too old.', todo: 'Start the program with its own runtime.' },
    BUSY: { what: 'The program is already doing this.', todo: 'Wait until it has finished.' },
    CANCELLED: { what: 'Cancelled.', todo: 'What was done so far is kept.' },
    IPC_REFUSED: { what: 'The window’s request was refused.', todo: 'Restart the program.' },
    INTERNAL: { what: 'Something unexpected happened.', todo: 'Try again. Restart the program if it stays.' },
  },
  severity: CODE_LABELS_EN.severities,
  status: CODE_LABELS_EN.statuses,
  findingStatus: CODE_LABELS_EN.findingStatuses,
  reason: CODE_LABELS_EN.reasons,
  state: {
    queued: 'Queued',
    checking: 'Checking',
    sending: 'Sending',
    verifying: 'Verifying',
    applied: 'Applied',
    waiting: 'Waiting',
    unknown: 'Unknown',
    conflict: 'Conflict',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  },
  field: {
    is_send: 'Sent to ERP',
    invoice_number: 'Invoice number',
    invoice_date: 'Invoice date',
    e_archive_url: 'E-archive link',
    tracking_number: 'Tracking number',
    shipping_company: 'Carrier',
    status: 'Line status',
    cancel_status: 'Cancellation state',
    /** A key of a line's extra_field. */
    extra: 'Extra field “{{key}}”',
  },
};
