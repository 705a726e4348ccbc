import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchState } from '../../../shared/matches.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';

/** A sign beside the word: colour is never the only difference. */
const SIGNS: Readonly<Record<MatchState, IconName>> = {
  confirmed: 'check',
  suggested: 'info',
  ambiguous: 'warningMark',
  unmatched: 'close',
};

/** The state of a match, as a word with a sign. */
export function MatchStateTag({ state }: { state: MatchState }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={`match-state match-${state}`} title={t(`matching.stateHelp.${state}`)}>
      <Icon name={SIGNS[state]} size={11} />
      {t(`matching.state.${state}`)}
    </span>
  );
}
