import { type ErrorShape, toErrorShape } from '../../shared/errors.ts';
import { type Arguments, asksVersion, parseArguments, wantsJson } from './arguments.ts';
import { auditList } from './commands/audit-list.ts';
import { auditVerify } from './commands/audit-verify.ts';
import {
  correctionsApprove,
  correctionsBatches,
  correctionsExport,
  correctionsImportApproval,
  correctionsSendBack,
  correctionsSubmit,
} from './commands/batches.ts';
import { calibrate } from './commands/calibrate.ts';
import { connect } from './commands/connect.ts';
import { control } from './commands/control.ts';
import { correctionsAdd } from './commands/corrections-add.ts';
import { correctionsCancel } from './commands/corrections-cancel.ts';
import { correctionsDryRun } from './commands/corrections-dry-run.ts';
import { correctionsKeep } from './commands/corrections-keep.ts';
import { correctionsList } from './commands/corrections-list.ts';
import { correctionsPush } from './commands/corrections-push.ts';
import { correctionsReceipts } from './commands/corrections-receipts.ts';
import { correctionsReverse } from './commands/corrections-reverse.ts';
import { correctionsWithdraw } from './commands/corrections-withdraw.ts';
import { demo } from './commands/demo.ts';
import { findings } from './commands/findings.ts';
import { findingsDecide } from './commands/findings-decide.ts';
import { findingsNote } from './commands/findings-note.ts';
import { findingsTrace } from './commands/findings-trace.ts';
import { findingsUndo } from './commands/findings-undo.ts';
import { history } from './commands/history.ts';
import { importFile } from './commands/import-file.ts';
import { matchesAccept, matchesAdd, matchesReject, matchesUndo, matchesUndoRun } from './commands/matches-decide.ts';
import { matchesList } from './commands/matches-list.ts';
import { matchesBackTest, matchesRules, matchesRulesSet } from './commands/matches-rules.ts';
import { oms } from './commands/oms.ts';
import { payments } from './commands/payments.ts';
import { quarantineList } from './commands/quarantine-list.ts';
import { quarantineRetry } from './commands/quarantine-retry.ts';
import { reconcile } from './commands/reconcile.ts';
import { report } from './commands/report.ts';
import { rules } from './commands/rules.ts';
import { rulesCalendar } from './commands/rules-calendar.ts';
import { rulesSet } from './commands/rules-set.ts';
import { runs } from './commands/runs.ts';
import { runSandbox } from './commands/sandbox.ts';
import { sandboxStatement } from './commands/sandbox-statement.ts';
import { statements } from './commands/statements.ts';
import { statementsProfiles } from './commands/statements-profiles.ts';
import { statementsRejected } from './commands/statements-rejected.ts';
import { statementsRestore, statementsWithdraw } from './commands/statements-withdraw.ts';
import { sync } from './commands/sync.ts';
import { usersAdd, usersChangePin, usersDisable, usersIdentity, usersImport, usersList } from './commands/users.ts';
import { type CommandName, isCommandName } from './commands.ts';
import { type Command, createContext, type Outcome, programVersion } from './context.ts';
import { PIN_VARIABLE } from './env-pin.ts';
import { PASSWORD_VARIABLE, TOKEN_VARIABLE, USERNAME_VARIABLE } from './env-token.ts';
import { DONE, type ExitCode, exitCodeOf, NEEDS_PERSON } from './exit-codes.ts';
import { inOmsTokenWords } from './oms-token-words.ts';
import type { Terminal } from './terminal.ts';
import { howToGetHelp, usage } from './usage.ts';

const RUN: Readonly<Record<Exclude<CommandName, 'sandbox' | 'demo'>, Command>> = {
  connect,
  sync,
  runs,
  'quarantine list': quarantineList,
  'quarantine retry': quarantineRetry,
  history,
  reconcile,
  findings,
  rules,
  'rules set': rulesSet,
  'rules calendar': rulesCalendar,
  calibrate,
  'findings decide': findingsDecide,
  'findings note': findingsNote,
  'findings undo': findingsUndo,
  'findings trace': findingsTrace,
  payments,
  oms,
  'corrections add': correctionsAdd,
  'corrections cancel': correctionsCancel,
  'corrections list': correctionsList,
  'corrections withdraw': correctionsWithdraw,
  'corrections push': correctionsPush,
  'corrections dry-run': correctionsDryRun,
  'corrections reverse': correctionsReverse,
  'corrections receipts': correctionsReceipts,
  'corrections keep': correctionsKeep,
  'corrections batches': correctionsBatches,
  'corrections submit': correctionsSubmit,
  'corrections approve': correctionsApprove,
  'corrections send-back': correctionsSendBack,
  'corrections export': correctionsExport,
  'corrections import-approval': correctionsImportApproval,
  'users list': usersList,
  'users add': usersAdd,
  'users disable': usersDisable,
  'users change-pin': usersChangePin,
  'users identity': usersIdentity,
  'users import': usersImport,
  control,
  import: importFile,
  statements,
  'statements withdraw': statementsWithdraw,
  'statements restore': statementsRestore,
  'statements rejected': statementsRejected,
  'statements profiles': statementsProfiles,
  'matches list': matchesList,
  'matches accept': matchesAccept,
  'matches reject': matchesReject,
  'matches add': matchesAdd,
  'matches undo': matchesUndo,
  'matches undo-run': matchesUndoRun,
  'matches rules': matchesRules,
  'matches rules set': matchesRulesSet,
  'matches back-test': matchesBackTest,
  'sandbox statement': sandboxStatement,
  report,
  'audit list': auditList,
  'audit verify': auditVerify,
};

/** Runs one command line and answers its exit code. Everything that can go wrong is told, nothing is thrown. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const asJson = wantsJson(args);
  let command: CommandName | null = null;
  try {
    if (asksVersion(args)) {
      const version = programVersion();
      terminal.result(asJson ? JSON.stringify({ version }) : `Mutabakat ${version}`);
      return DONE;
    }
    const parsed = parseArguments(args);
    command = parsed.command;
    if (parsed.has('help') || command === null) {
      terminal.result(asJson ? JSON.stringify({ usage: usage(command) }) : usage(command));
      return DONE;
    }
    if (command === 'sandbox') {
      await serveSandbox(parsed, terminal);
      return DONE;
    }
    const outcome = command === 'demo' ? await demo(parsed, terminal) : await runOpened(RUN[command], parsed, terminal);
    terminal.result(asJson ? JSON.stringify(outcome.json) : outcome.text);
    return outcome.needsPerson ? NEEDS_PERSON : DONE;
  } catch (thrown) {
    const error = inCommandLineWords(toErrorShape(thrown));
    if (asJson) terminal.result(JSON.stringify({ error: forPrograms(error) }));
    else terminal.tell(error.message);
    if (error.code === 'USAGE') terminal.tell(howToGetHelp(command ?? namedCommand(error)));
    return exitCodeOf(error.code);
  }
}

/** The address is one line of JSON in any case: whoever starts a sandbox wants to go on with it. */
function serveSandbox(args: Arguments, terminal: Terminal): Promise<void> {
  return runSandbox(args, terminal.signal, (place) => {
    terminal.result(JSON.stringify(place));
    terminal.tell('Listening. Stop with Ctrl+C.');
  });
}

async function runOpened(command: Command, args: Arguments, terminal: Terminal): Promise<Outcome> {
  const context = createContext(args, terminal);
  try {
    return await command(context);
  } finally {
    await context.workspace.close();
  }
}

/** The window asks for token and password; here they come from the environment. */
function inCommandLineWords(error: ErrorShape): ErrorShape {
  if (error.details?.way === 'oms') return inOmsTokenWords(error);
  if (error.code === 'TOKEN_MISSING') {
    return {
      ...error,
      message: `No token is given. Put Omnitron's token into the environment variable ${TOKEN_VARIABLE}, or user and password into ${USERNAME_VARIABLE} and ${PASSWORD_VARIABLE}.`,
    };
  }
  if (error.code === 'USER_NEEDED') {
    return { ...error, message: `${error.message} Name that person with --as, with the PIN in ${PIN_VARIABLE}.` };
  }
  if (error.code === 'SIGN_IN_CODE_NEEDED') {
    return { ...error, message: `${error.message} Put it into the environment variable ${TOKEN_VARIABLE}.` };
  }
  if (error.code === 'SIGN_IN_REFUSED' && error.details?.way === 'password') {
    return {
      ...error,
      message: `Omnitron refused the user name or the password. Put valid ones into the environment variables ${USERNAME_VARIABLE} and ${PASSWORD_VARIABLE}.`,
    };
  }
  if (error.code === 'SIGN_IN_REFUSED' && error.details?.way !== 'key') {
    return {
      ...error,
      message: `Omnitron refused the token. Put a valid one into the environment variable ${TOKEN_VARIABLE}.`,
    };
  }
  return error;
}

/**
 * Code, words and whether to try again; of the details only the candidates of an ambiguous number
 * and the sums of amounts that can be read in two ways.
 */
function forPrograms({ code, message, retryable, details }: ErrorShape): object {
  const { candidates, readings } = details ?? {};
  return {
    code,
    message,
    retryable,
    ...(candidates === undefined ? {} : { candidates }),
    ...(readings === undefined ? {} : { readings }),
  };
}

/** The command of a command line that could not be read to its end. */
function namedCommand(error: ErrorShape): CommandName | null {
  const command = error.details?.command;
  return typeof command === 'string' && isCommandName(command) ? command : null;
}
