import type { Rules, VersionedRules } from '../../shared/rules.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import type { Clock } from './ports.ts';

/** Choosing the rules of one connection. */
export interface RulesWork {
  /** Puts rules in force as a new version, then runs the checks by them. @throws AppError VALUE_INVALID, DATA_LOCKED */
  choose(choice: { rules: Rules | null; reason: string }): Promise<VersionedRules>;
}

interface RulesWorkParts {
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only */
  writer(): Remote<WriterService>;
  clock: Clock;
  /** Runs the checks over what changed, and tells the lists. */
  recheck(nowMs: number): Promise<void>;
}

/** Puts the choice and the checks that follow it behind one face. */
export function createRulesWork({ writer, clock, recheck }: RulesWorkParts): RulesWork {
  return {
    async choose(choice) {
      const nowMs = clock.now();
      const chosen = await writer().chooseRules({ ...choice, nowMs });
      await recheck(nowMs);
      return chosen;
    },
  };
}
