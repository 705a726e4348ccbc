import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncPlan, SyncRequest } from '../../shared/sync.ts';
import { call } from '../bridge/bridge.ts';
import { planSentence } from '../features/runs/plan-text.ts';
import { usePlanWords } from '../features/runs/use-plan-words.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { useFormat } from '../ui/use-format.ts';
import { usePeriod } from './use-period.ts';

type Mode = SyncRequest['mode'];

/** Starts a sync: what the planner chooses, or from the menu beside it everything or the period at hand. */
export function SyncButton(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const connection = useSession((state) => state.connection);
  const { syncing, sync } = useJobs();
  const { plans, ask } = usePlans();
  const words = usePlanWords();
  const disabled = syncing || connection?.syncing === true || connection?.hasToken !== true;
  const isOpen = period.from === null && period.to === null;
  const holdsNone = (connection?.orders ?? 0) === 0;
  const verify: SyncRequest | null = isOpen || holdsNone ? null : { mode: 'verify', period };
  const noteOf = (mode: Mode): string | null => {
    const plan = plans[mode];
    return plan === undefined ? null : planSentence(plan, words, !holdsNone);
  };
  const verifyNote = (): string => {
    if (holdsNone) return t('sync.verifyNothing');
    if (isOpen) return t('sync.verifyOpen');
    return noteOf('verify') ?? t('sync.verifyOf', { period: format.period(period) });
  };

  return (
    <div className="split-button">
      <Button
        icon={<Icon name="sync" size={14} />}
        title={t('sync.title')}
        disabled={disabled}
        onClick={() => void sync()}
      >
        {t('sync.start')}
      </Button>
      <MenuButton
        label={t('sync.more')}
        disabled={disabled}
        onOpen={() => ask([{ mode: 'auto' }, { mode: 'full' }, ...(verify === null ? [] : [verify])])}
        items={[
          { key: 'auto', label: t('sync.start'), note: noteOf('auto'), onChoose: () => void sync() },
          {
            key: 'full',
            label: t('sync.full'),
            note: noteOf('full'),
            onChoose: () => void sync({ mode: 'full' }),
          },
          {
            key: 'verify',
            label: t('sync.verify'),
            note: verifyNote(),
            disabled: verify === null,
            onChoose: () => verify !== null && void sync(verify),
          },
        ]}
      />
    </div>
  );
}

/** What each way to sync would do now. A plan that cannot be made is left out: starting it says why. */
function usePlans(): { plans: Partial<Record<Mode, SyncPlan>>; ask(requests: readonly SyncRequest[]): void } {
  const [plans, setPlans] = useState<Partial<Record<Mode, SyncPlan>>>({});
  const asked = useRef(0);
  return {
    plans,
    ask(requests) {
      asked.current += 1;
      const mine = asked.current;
      setPlans({});
      for (const request of requests) {
        call('sync.plan', request)
          .then((plan) => mine === asked.current && setPlans((old) => ({ ...old, [request.mode]: plan })))
          .catch(() => undefined);
      }
    },
  };
}
