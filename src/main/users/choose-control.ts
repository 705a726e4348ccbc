import { batchReason } from '../../shared/batches.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { AppError } from '../../shared/errors.ts';
import { type ControlRules, controlRules, type VersionedControl } from '../../shared/users.ts';
import { type AuthoredFiles, appendJournal } from '../audit/journal.ts';
import type { SqliteFile } from '../database/open.ts';
import { readControl } from './control.ts';
import { requireSignedIn, type Session } from './session.ts';
import { canSignIn, everybody } from './user-store.ts';

/**
 * Puts rules of control in force as a new version. With a second person's approval in force, only somebody who is signed
 * in changes them.
 * @throws AppError VALUE_INVALID for rules in force already, a missing reason, or too few people for a second person's
 * approval; USER_NEEDED; BATCH_STATE when it is switched while a batch waits that the other rules would treat otherwise
 */
export function setControl(
  { local, author }: AuthoredFiles,
  session: Session,
  { rules, reason, nowMs }: { rules: ControlRules; reason: string; nowMs: number },
): VersionedControl {
  const wanted = controlRules.parse(rules);
  const given = batchReason.safeParse(reason);
  if (!given.success) throw new AppError('VALUE_INVALID', 'The rules of control are changed with a reason. Give one.');
  return local
    .transaction(() => {
      const before = readControl(local, 'main');
      const [former, chosen] = [canonicalJson(before.rules), canonicalJson(wanted)];
      if (before.version > 0 && former === chosen) {
        throw new AppError('VALUE_INVALID', 'These rules of control are in force already. Change them first.');
      }
      if (before.rules.makerChecker) requireSignedIn(session, 'Changing the rules of control');
      if (before.rules.makerChecker !== wanted.makerChecker) assertSwitchable(local, wanted.makerChecker);
      const version = before.version + 1;
      local
        .prepare('INSERT INTO main.control_rules (version, rules, chosen_ms, reason) VALUES (?, ?, ?, ?)')
        .run(version, chosen, nowMs, given.data);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'control.choose',
        subject: `control ${version}`,
        before: { version: before.version, rules: before.rules },
        after: { version, rules: wanted },
        reason: given.data,
        undoes: null,
      });
      return { version, rules: wanted };
    })
    .immediate();
}

/** Neither may a batch slip past its approval, nor may approving become impossible. */
function assertSwitchable(local: SqliteFile, makerChecker: boolean): void {
  const waiting = local
    .prepare<[], { state: string }>(
      `SELECT state FROM main.batches WHERE state IN ('for_approval', 'approved') LIMIT 1`,
    )
    .get();
  if (waiting !== undefined) {
    throw new AppError(
      'BATCH_STATE',
      'A batch waits for its approval, or is approved and not pushed. Push it or send it back first.',
    );
  }
  if (!makerChecker) return;
  const active = everybody(local, 'main').filter(({ disabled_ms }) => disabled_ms === null);
  if (active.length < 2 || !active.some(canSignIn)) {
    throw new AppError('VALUE_INVALID', 'The approval of a second person needs at least two people. Add them first.');
  }
}
