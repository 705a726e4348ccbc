import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { RunPanel } from '../../src/renderer/features/runs/run-panel.tsx';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import type { RunOms, RunRow } from '../../src/shared/runs.ts';
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

async function textOf(oms: RunOms | null, language: 'en' | 'tr' = 'en', given: Partial<RunRow> = {}): Promise<string> {
  await i18n.changeLanguage(language);
  const run: RunRow = { ...RUN, state: 'complete', finishedAt: RUN.startedAt, requests: 7, retries: 0, oms, ...given };
  return renderToStaticMarkup(createElement(RunPanel, { run, onClose: () => undefined }))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

it('shows what the run read of OMS under its own counts, in both languages', async () => {
  const counts = 'New 11 Changed 12 Unchanged 13 Put aside 14 Not seen 15 Requests 16';
  expect(await textOf(OMS)).toContain(`OMS Complete Orders in OMS 60 ${counts}`);
  const sayilar = 'Yeni 11 Değişen 12 Aynı 13 Ayrılan 14 Görülmeyen 15 İstek 16';
  expect(await textOf(OMS, 'tr')).toContain(`OMS Tam OMS’teki siparişler 60 ${sayilar}`);
  expect(await textOf(null)).not.toContain('OMS');
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
