import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../stores/session-store.ts';
import { useFormat } from '../../ui/use-format.ts';
import type { PlanWords } from './plan-text.ts';

/** What the texts of a plan need, in the language of the window. */
export function usePlanWords(): PlanWords {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  return useMemo(() => ({ t, format, language }), [t, format, language]);
}
