import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { ConnectForm } from './connect-form.tsx';

const DEMO_ORDERS = 5_000;

/** What a newcomer sees first: the demo store, the own store, and whatever was connected before. */
export function StartScreen(): ReactNode {
  const { t } = useTranslation();
  const { connections, adding, settings, error: bootError, open, openDemo, setAdding, changeSettings } = useSession();
  const [busy, setBusy] = useState<'demo' | 'open' | null>(null);
  const [error, setError] = useState<AppError | null>(bootError);

  const attempt = async (what: 'demo' | 'open', work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(asAppError(thrown));
      setBusy(null);
    }
  };

  return (
    <div className="start">
      <header className="start-bar">
        <span className="rail-mark">M</span>
        <span className="start-name">{t('app.name')}</span>
        <span className="top-gap" />
        {adding && (
          <Button kind="quiet" onClick={() => setAdding(false)}>
            {t('start.back')}
          </Button>
        )}
        <Segmented
          label={t('settings.language')}
          value={settings.language}
          options={[
            { value: 'en', label: 'English' },
            { value: 'tr', label: 'Türkçe' },
          ]}
          onChange={(language) => void attempt('open', () => changeSettings({ language })).finally(() => setBusy(null))}
        />
      </header>
      <main className="start-main">
        <h1>{t('start.title')}</h1>
        <p className="start-intro">{t('start.intro')}</p>
        {error !== null && <ErrorNotice error={error} />}
        {!adding && connections.length > 0 && (
          <section className="start-existing" aria-label={t('start.existing')}>
            <h2>{t('start.existing')}</h2>
            {connections.map((entry) => (
              <Button
                key={entry.name}
                icon={<Icon name="store" size={14} />}
                disabled={busy !== null}
                onClick={() => void attempt('open', () => open(entry.name))}
              >
                {entry.kind === 'demo' ? t('connection.demo') : entry.name}
              </Button>
            ))}
          </section>
        )}
        <div className="start-ways">
          <ConnectForm />
          <DemoCard
            busy={busy !== null}
            opening={busy === 'demo'}
            onOpen={(orders) => void attempt('demo', () => openDemo(orders))}
          />
        </div>
      </main>
    </div>
  );
}

interface DemoCardProps {
  busy: boolean;
  opening: boolean;
  onOpen(orders: number): void;
}

function DemoCard({ busy, opening, onOpen }: DemoCardProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="card start-card" aria-label={t('start.demoTitle')}>
      <h2>{t('start.demoTitle')}</h2>
      <p className="muted">{t('start.demoText', { orders: format.count(DEMO_ORDERS) })}</p>
      <span className="top-gap" />
      <Button icon={<Icon name="store" size={14} />} disabled={busy} onClick={() => onOpen(DEMO_ORDERS)}>
        {opening ? t('start.demoOpening') : t('start.demoOpen')}
      </Button>
    </section>
  );
}
