/** English words about starting a cancellation or refund. */
export const enCancel = {
  cancel: {
    open: 'Cancel or refund…',
    title: 'Cancel or refund order {{number}}',
    warning:
      'This moves money. It is proposed here, approved with its batch and then sent to Omnitron once. It is never repeated and cannot be taken back.',
    lines: 'Lines',
    reasonOf: 'Reason for {{sku}} (id)',
    reasonHelp: 'The id of a cancellation reason, as Omnitron lists them',
    reasonBad: 'Enter the id of a reason: a whole number above zero.',
    already: 'already cancelled or taken back',
    cargo: 'Give shipping back too ({{amount}})',
    invoice: 'Refund invoice number',
    invoiceHelp: 'May be left empty',
    amount: 'Comes to',
    choose: 'Choose at least one line.',
    confirm: 'Type the amount to confirm',
    confirmHelp: 'Exactly as it stands above, like {{example}}',
    confirmBad: 'This is not the amount above.',
    submit: 'Propose',
    submitAmount: 'Propose {{amount}}',
    saved: 'The cancellation was proposed. It is sent once, when its batch is pushed.',
    bank: 'Orders that need a bank account for the refund are cancelled in Omnitron: no account is entered or sent here.',
  },
};
