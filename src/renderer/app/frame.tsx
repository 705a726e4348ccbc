import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AuditScreen } from '../features/audit/audit-screen.tsx';
import { CorrectionsScreen } from '../features/corrections/corrections-screen.tsx';
import { ExceptionsScreen } from '../features/exceptions/exceptions-screen.tsx';
import { OrdersScreen } from '../features/orders/orders-screen.tsx';
import { SignedInButton } from '../features/people/signed-in-button.tsx';
import { ReportsScreen } from '../features/reports/reports-screen.tsx';
import { RunsScreen } from '../features/runs/runs-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { StatementsScreen } from '../features/statements/statements-screen.tsx';
import { useSession } from '../stores/session-store.ts';
import { type Screen, useView } from '../stores/view-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { ConnectionSwitcher } from './connection-switcher.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { PushStrip } from './push-strip.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { SyncButton } from './sync-button.tsx';
import { SyncStrip } from './sync-strip.tsx';
import { VanishedStrip } from './vanished-strip.tsx';

const SCREEN_VIEWS: Readonly<Record<Screen, () => ReactNode>> = {
  orders: OrdersScreen,
  exceptions: ExceptionsScreen,
  statements: StatementsScreen,
  corrections: CorrectionsScreen,
  reports: ReportsScreen,
  runs: RunsScreen,
  audit: AuditScreen,
  settings: SettingsScreen,
};

/** The window once a connection is open: navigation, top bar, screen, status line. */
export function Frame(): ReactNode {
  const { t } = useTranslation();
  const screen = useView((state) => state.screen);
  const goTo = useView((state) => state.goTo);
  const connection = useSession((state) => state.connection);
  const main = useRef<HTMLElement>(null);
  const ScreenView = SCREEN_VIEWS[screen];

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
        const search = main.current?.querySelector<HTMLInputElement>('input[type="search"]');
        if (search === null || search === undefined) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <div className="frame">
      <Rail />
      <div className="frame-right">
        <header className="top-bar">
          <h1>{t(`nav.${screen}`)}</h1>
          <span className="top-gap" />
          <SignedInButton />
          <ConnectionSwitcher />
          <PeriodPicker />
          <SyncButton />
        </header>
        {connection?.hasToken === false && (
          <div className="strip warning-strip" role="status">
            <Icon name="info" size={14} />
            <span className="strip-text">{t('connection.noToken')}</span>
            <Button onClick={() => goTo('settings')}>{t('connection.enterToken')}</Button>
          </div>
        )}
        <VanishedStrip />
        <SyncStrip />
        <PushStrip />
        <main ref={main} className="main" aria-label={t(`nav.${screen}`)}>
          <ScreenView />
        </main>
        <StatusBar />
      </div>
    </div>
  );
}
