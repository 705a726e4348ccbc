import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../shared/runs.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';

const LOOKS: Readonly<Record<RunState, { icon: IconName; tone: 'good' | 'warning' | 'error' | 'busy' | 'soft' }>> = {
  running: { icon: 'sync', tone: 'busy' },
  complete: { icon: 'check', tone: 'good' },
  incomplete: { icon: 'warningMark', tone: 'warning' },
  cancelled: { icon: 'stop', tone: 'soft' },
  failed: { icon: 'close', tone: 'error' },
  interrupted: { icon: 'minus', tone: 'warning' },
};

/** How a run ended, as a sign and a word. */
export function RunStateText({ state }: { state: RunState }): ReactNode {
  const { t } = useTranslation();
  const { icon, tone } = LOOKS[state];
  return (
    <span className={`run-state run-${tone}`} title={t(`runs.stateHelp.${state}`)}>
      <Icon name={icon} size={12} />
      {t(`runs.state.${state}`)}
    </span>
  );
}
