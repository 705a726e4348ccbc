import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onEvent } from '../bridge/bridge.ts';
import { StartScreen } from '../features/start/start-screen.tsx';
import { i18n } from '../i18n/i18n.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { useView } from '../stores/view-store.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { Frame } from './frame.tsx';
import { Toasts } from './toasts.tsx';
import { useListRefresh } from './use-list-refresh.ts';

/** Follows the settings: language and theme change while the window is open. */
function useAppearance(): void {
  const { language, theme } = useSession((state) => state.settings);
  useEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}

function useMainEvents(): void {
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === 'connection.changed') useSession.getState().applyState(event.state);
        else if (event.type === 'menu') obeyMenu(event.command);
        else useJobs.getState().onEvent(event);
      }),
    [],
  );
}

function obeyMenu(command: 'sync' | 'find' | 'settings' | 'export'): void {
  if (useSession.getState().connection === null) return;
  const view = useView.getState();
  if (command === 'sync') void useJobs.getState().sync();
  if (command === 'settings') view.goTo('settings');
  if (command === 'export') view.goTo('reports');
  if (command === 'find') document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
}

export function App(): ReactNode {
  const { t } = useTranslation();
  const { phase, adding, error, boot } = useSession();
  useAppearance();
  useMainEvents();
  useListRefresh();
  useEffect(() => void boot(), [boot]);

  return (
    <>
      {phase === 'starting' && <div className="splash">{t('common.loading')}</div>}
      {phase === 'failed' && error !== null && (
        <div className="splash">
          <ErrorNotice error={error} title={t('start.failed')} onRetry={() => void boot()} />
        </div>
      )}
      {(phase === 'start' || (phase === 'ready' && adding)) && <StartScreen />}
      {phase === 'ready' && !adding && <Frame />}
      <Toasts />
    </>
  );
}
