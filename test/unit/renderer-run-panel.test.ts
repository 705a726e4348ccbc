import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LastFailure } from '../../src/renderer/features/order-detail/last-failure.tsx';
import { RunPanel } from '../../src/renderer/features/runs/run-panel.tsx';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import type { PaymentsFailure } from '../../src/shared/payments.ts';
import type { RunOms, RunRow } from '../../src/shared/runs.ts';
import type { SyncPlan } from '../../src/shared/sync.ts';
import { RUN } from '../support/window.ts';

const OMS: RunOms = {
  state: 'complete',
  requests: 16,
  created: 11,
  updated: 12,
  unchanged: 13,
  quarantined: 14,
  notSeen: 15,
  remoteCount: 60,
  problem: null,
};

function plainText(element: ReactElement): string {
  return renderToStaticMarkup(element)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

async function textOf(oms: RunOms | null, language: 'en' | 'tr' = 'en', given: Partial<RunRow> = {}): Promise<string> {
  await i18n.changeLanguage(language);
  const run: RunRow = { ...RUN, state: 'complete', finishedAt: RUN.startedAt, requests: 7, retries: 0, oms, ...given };
  return plainText(createElement(RunPanel, { run, onClose: () => undefined }));
}

it('shows what the run read of OMS under its own counts, in both languages', async () => {
  const counts = 'New 11 Changed 12 Unchanged 13 Put aside 14 Not seen 15 Requests 16';
  expect(await textOf(OMS)).toContain(`OMS Complete Orders in OMS 60 ${counts}`);
  const sayilar = 'Yeni 11 Değişen 12 Aynı 13 Ayrılan 14 Görülmeyen 15 İstek 16';
  expect(await textOf(OMS, 'tr')).toContain(`OMS Tam OMS’teki siparişler 60 ${sayilar}`);
  expect(await textOf(null)).not.toContain('OMS');
});

it('shows what was asked beside the lists, and the payments that the plan names', async () => {
  const plan: SyncPlan = {
    kind: 'refresh',
    resumes: false,
    steps: [
      { step: 'probe', requests: 15 },
      { step: 'new', requests: 2 },
      { step: 'payments', of: 'changed', orders: 50, requests: 150 },
    ],
    requests: 17,
  };
  const given = {
    plan,
    probe: { requests: 14, retries: 1 },
    payments: { read: 4, failed: 2, requests: 18, retries: 3 },
  };
  const text = await textOf(null, 'en', given);
  expect(text).toContain(
    'what Omnitron honours 15 new orders 2 Requests, estimated 17 Then payments of at most 50 orders at most 150',
  );
  expect(text).toContain('What Omnitron honours Requests 14 Retries 1');
  expect(text).toContain('Payments Orders read 4 Orders that could not be read 2 Requests 18 Retries 3');
  expect(await textOf(null, 'tr', given)).toContain('Ödemeler Okunan sipariş 4 Okunamayan sipariş 2 İstek 18');
  expect(await textOf(null)).not.toContain('Payments');
});

it('says why the last reading of payments failed, in both languages', async () => {
  const failure = { code: 'TIMEOUT', message: 'Too slow.', at: '2026-03-05T07:15:00.000Z' };
  const textOfFailure = async (language: 'en' | 'tr', given: Partial<PaymentsFailure> = {}): Promise<string> => {
    await i18n.changeLanguage(language);
    return plainText(createElement(LastFailure, { failure: { ...failure, ...given } }));
  };
  expect(await textOfFailure('en')).toMatch(/The last reading failed \(05 Mar 2026,? \d\d:15\): Omnitron .*\./);
  expect(await textOfFailure('tr')).toMatch(/Son okuma başarısız oldu \(.+\): Omnitron/);
  expect(await textOfFailure('en', { code: 'SOMETHING' })).toContain('Too slow.');
});

it('says why OMS was not read, and of a cancelled reading only that it was', async () => {
  const problem = { code: 'TIMEOUT', message: 'OMS did not answer.' };
  const failed = await textOf({ ...OMS, state: 'failed', remoteCount: null, problem });
  expect(failed).toMatch(/OMS Failed OMS could not be reached\. .* TIMEOUT OMS did not answer\. New 11/);
  const cancelled = await textOf({ ...OMS, state: 'cancelled', problem: { ...problem, code: 'CANCELLED' } });
  expect(cancelled).toContain('OMS Cancelled Orders in OMS 60 New 11');
});

it('shows a dash for what is not known of an interrupted run, and zero for zero', async () => {
  const broken = { state: 'interrupted', pages: 6, created: 600, requests: null, retries: null } as const;
  expect(await textOf(null, 'en', broken)).toMatch(/New 600 Changed 0 .* Pages 6 Requests – Retries –/);
  expect(await textOf(null)).toMatch(/Requests 7 Retries 0/);
});
