import { AppError } from '../../shared/errors.ts';
import { businessDay } from '../../shared/period.ts';
import type { Rules, VersionedRules } from '../../shared/rules.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import type { Clock } from './ports.ts';

/** Choosing the rules of one connection. */
export interface RulesWork {
  /**
   * Puts rules in force as a new version, then runs the checks by them.
   * @throws AppError VALUE_INVALID, also where they close a day that is still to come; DATA_LOCKED
   */
  choose(choice: { rules: Rules | null; reason: string }): Promise<VersionedRules>;
}

interface RulesWorkParts {
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only */
  writer(): Remote<WriterService>;
  clock: Clock;
  timeZone(): string;
  /** Runs the checks over what changed, and tells the lists. */
  recheck(nowMs: number): Promise<void>;
}

/** Puts the choice and the checks that follow it behind one face. */
export function createRulesWork({ writer, clock, timeZone, recheck }: RulesWorkParts): RulesWork {
  return {
    async choose(choice) {
      const nowMs = clock.now();
      assertOver(choice.rules?.closedUntil ?? null, businessDay(nowMs, timeZone()));
      const chosen = await writer().chooseRules({ ...choice, nowMs });
      await recheck(nowMs);
      return chosen;
    },
  };
}

/** A period is closed once it is over: every invoice that is still to be dated would lie in it. */
function assertOver(closedUntil: string | null, today: string): void {
  if (closedUntil === null || closedUntil <= today) return;
  throw new AppError(
    'VALUE_INVALID',
    `The day ${closedUntil} is still to come, and a period is closed once it is over. Name a day up to ${today}, or none.`,
  );
}
