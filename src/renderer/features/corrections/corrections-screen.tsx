import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PUSHABLE_STATES } from '../../../shared/corrections.ts';
import { useBatches } from '../../stores/batches-store.ts';
import { CORRECTION_SECTIONS, useCorrections } from '../../stores/corrections-store.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { controlOf, usePeople } from '../../stores/people-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { PasteDialog } from '../paste/paste-dialog.tsx';
import { BatchFileButtons } from './batch-file-dialog.tsx';
import { BatchesTab } from './batches-tab.tsx';
import { ProposalsTab } from './proposals-tab.tsx';
import { canPush, pushableOf } from './push-batches.ts';
import { SubmitDialog } from './submit-dialog.tsx';
import { useMayPush } from './use-may-push.ts';

/** Corrections: proposals on their way into a batch, and batches on their way to Omnitron. */
export function CorrectionsScreen(): ReactNode {
  const { t } = useTranslation();
  const { section, actionError, setSection, setActionError, refresh } = useCorrections();
  const { openOrder, showOrder } = useView();
  const live = useBatches((state) => state.live);
  const waiting = live.filter(({ state }) => state === 'for_approval').length;

  useEffect(() => {
    refresh();
    useBatches.getState().refresh();
  }, [refresh]);

  return (
    <div className="screen">
      <div className="toolbar">
        <Tabs
          label={t('corrections.sections')}
          tabs={CORRECTION_SECTIONS.map((name) => ({
            name,
            label: t(`corrections.section.${name}`),
            ...(name === 'batches' && waiting > 0 ? { count: waiting } : {}),
          }))}
          chosen={section}
          onChoose={(name) => {
            showOrder(null);
            setSection(name);
          }}
        />
        <span className="top-gap" />
        {section === 'proposals' ? <ProposalButtons /> : <BatchFileButtons />}
      </div>
      {actionError !== null && <ErrorNotice error={actionError} onDismiss={() => setActionError(null)} />}
      <div className="split">
        <section className="split-main" aria-label={t('corrections.title')}>
          {section === 'proposals' ? <ProposalsTab /> : <BatchesTab />}
        </section>
        {openOrder !== null && <OrderPanel id={openOrder} onClose={() => showOrder(null)} />}
      </div>
    </div>
  );
}

function ProposalButtons(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useCorrections((state) => state.counts);
  const live = useBatches((state) => state.live);
  const control = usePeople((state) => state.control);
  const push = useJobs((state) => state.push);
  const mayPush = useMayPush();
  const [asking, setAsking] = useState<'paste' | 'submit' | null>(null);
  const drafts = live.filter(({ state, count }) => state === 'draft' && count > 0);
  // With two people, only what somebody has approved goes out; otherwise everything that waits does.
  const pushable = controlOf(control).makerChecker
    ? live.filter(canPush).reduce((sum, batch) => sum + pushableOf(batch), 0)
    : PUSHABLE_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

  return (
    <>
      <Button icon={<Icon name="copy" size={14} />} onClick={() => setAsking('paste')}>
        {t('corrections.paste')}
      </Button>
      <Button title={t('corrections.submitHelp')} disabled={drafts.length === 0} onClick={() => setAsking('submit')}>
        {t('corrections.submit')}
      </Button>
      <Button
        kind="primary"
        icon={<Icon name="send" size={14} />}
        disabled={!mayPush || pushable === 0}
        onClick={() => void push()}
      >
        {t('corrections.push')}
        {pushable > 0 && <span className="button-count">{format.count(pushable)}</span>}
      </Button>
      {asking === 'paste' && <PasteDialog onClose={() => setAsking(null)} />}
      {asking === 'submit' && <SubmitDialog drafts={drafts} onClose={() => setAsking(null)} />}
    </>
  );
}
