import { expect, type Page, test } from '@playwright/test';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let sandbox: Sandbox;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  // With the three samples eight pages of 100.
  store = await openStore(797);
  sandbox = store.sandbox;
  page = store.app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
});

test.afterAll(() => store?.close());

const look = (name: string): Promise<Buffer> => page.screenshot({ path: `test-results/screens/${name}.png` });
const goTo = (name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name }).click();
const tab = (name: string): Promise<void> => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const grid = (name: string) => page.getByRole('grid', { name });
const row = (name: string, place: number) => grid(name).getByRole('row').nth(place);
const panel = () => page.getByRole('complementary');
const status = () => page.getByRole('region', { name: 'Status' });
const syncButton = () => page.getByRole('button', { name: 'Sync', exact: true });
const menuItem = (name: string) => page.getByRole('menuitem', { name: new RegExp(`^${name}`) });

async function openMenu(): Promise<void> {
  await page.getByRole('button', { name: 'More ways to sync' }).click();
}

/** Chooses a way to sync and waits for its end. */
async function sync(way: string): Promise<void> {
  await openMenu();
  await menuItem(way).click();
  await expect(page.getByText(/^Sync (complete|incomplete)/).last()).toBeVisible();
  await expect(syncButton()).toBeEnabled();
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
}

/** An order that no other shares its number with; `place` counts from the oldest generated one. */
function orderAt(place: number): { id: number; number: string; lineId: number } {
  const shared = new Set(sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const id = sandbox.ids().filter((each) => each > 1000 && !shared.has(each))[place] ?? 0;
  const order = sandbox.order(id);
  return { id, number: order?.number ?? '', lineId: order?.orderitem_set[0]?.id ?? 0 };
}

test('says in words what a run is going to do; the window works during a first pass', async () => {
  await openMenu();
  await expect(menuItem('Sync')).toContainText(
    'Reading every order; the number of requests shows with the first answer',
  );
  await expect(menuItem('Verify this period')).toHaveAttribute('aria-disabled', 'true');
  await expect(menuItem('Verify this period')).toContainText('No orders are held yet. Sync first.');
  await look('sync-menu-en');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More ways to sync' })).toBeFocused();

  sandbox.setFaults([{ match: { method: 'GET', page: 2 }, action: { kind: 'delay', ms: 60_000 } }]);
  await syncButton().click();
  await expect(page.getByText('Reading every order; the number of requests shows with the first answer')).toBeVisible();
  await expect(page.getByText('The newest orders come first; older ones follow.')).toBeVisible();
  await expect(page.getByText(`700 of ${sandbox.size} orders`)).toBeVisible();
  // Lists follow a run every two seconds.
  await expect(grid('Orders')).toHaveAttribute('aria-rowcount', /^[1-7]\d\d$/);
  await row('Orders', 1).getByRole('gridcell').nth(1).click();
  await expect(panel().getByText('No change seen since the first reading.')).toBeVisible();
  await look('sync-first-pass-en');
  await panel().getByRole('button', { name: 'Close order' }).click();
  await page.getByRole('button', { name: 'Cancel sync' }).click();
  await expect(page.getByText('The first pass over all orders is not finished')).toBeVisible();
});

test('an interrupted pass goes on', async () => {
  sandbox.setFaults([]);
  await openMenu();
  await expect(menuItem('Sync')).toContainText('Goes on with an interrupted pass');
  await page.keyboard.press('Escape');
  await syncButton().click();
  await expect(page.getByText('Sync complete: 100 new')).toBeVisible();
  await expect(page.getByText('The first pass over all orders is not finished')).toBeHidden();
});

test('the run log says what each run did, and each opens with its plan', async () => {
  await goTo('Runs');
  await expect(grid('Run log')).toHaveAttribute('aria-rowcount', '3');
  await expect(row('Run log', 1)).toContainText('Complete');
  await expect(row('Run log', 1)).toContainText('By hand');
  await expect(row('Run log', 1)).toContainText('Rest of an interrupted pass');
  await expect(row('Run log', 2)).toContainText('Cancelled');
  await grid('Run log').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel()).toContainText('Somebody stopped it; what was read is stored.');
  await expect(panel().getByRole('row', { name: /^New/ })).toContainText('700');
  await look('runs-en');
  await page.keyboard.press('ArrowUp');
  await expect(panel()).toContainText('Everything the plan names was read.');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
});

test('a change at Omnitron shows in "What changed" and in the order’s history', async () => {
  const changed = orderAt(3);
  const before = sandbox.order(changed.id)?.amount ?? '';
  sandbox.edit(changed.id, {
    fields: { amount: '12345.60', invoice_number: 'GIB2026000000777' },
    lines: { [changed.lineId]: { status: '600' } },
  });
  await sync('Read everything');
  await tab('What changed');
  const rows = grid('Changes');
  await expect(rows).toHaveAttribute('aria-rowcount', '4');
  const amount = rows.getByRole('row').filter({ hasText: '12,345.60' });
  await expect(amount).toContainText(changed.number);
  await expect(amount).toContainText('Amount');
  await expect(amount).toContainText(Number(before).toLocaleString('en', { minimumFractionDigits: 2 }));
  await expect(amount).toContainText('Run 3');
  await page.getByRole('radio', { name: 'Today' }).check();
  await expect(rows).toHaveAttribute('aria-rowcount', '4');
  await amount.getByText(changed.number).click();
  const history = panel().getByRole('region', { name: 'History' });
  await expect(history.getByRole('listitem').filter({ hasText: 'Invoice number' }).last()).toContainText(
    'GIB2026000000777',
  );
  await expect(history).toContainText('Refunded');
  await expect(history).toContainText('Run 3');
  await history.scrollIntoViewIfNeeded();
  await look('changes-en');
  await panel().getByRole('button', { name: 'Close order' }).click();
  await page.getByRole('radio', { name: 'Date' }).check();
  await page.getByRole('textbox', { name: 'Changes since the day' }).fill('1.1.2999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No changes seen')).toBeVisible();
  // The close is a choice once a period is closed; what was seen before it does not count.
  await expect(page.getByRole('radio', { name: 'The close' })).toHaveCount(0);
  await page.evaluate(async (rules) => {
    await mutabakat.invoke('rules.set', { rules: { ...rules, closedUntil: '2020-01-31' }, reason: 'closed' });
  }, DEFAULT_RULES);
  await page.getByRole('radio', { name: 'Today' }).check();
  await expect(rows).toHaveAttribute('aria-rowcount', '4');
  await page.getByRole('radio', { name: 'The close' }).check();
  await expect(page.getByText(/^0 changes since the periods until 31 Jan 2020 were closed \(/)).toBeVisible();
  await expect(page.getByText('No changes seen')).toBeVisible();
});

test('a row that could not be read is put aside with its reason, and read again', async () => {
  sandbox.setFaults([
    { match: { method: 'GET', page: 2 }, action: { kind: 'malformedRow', index: 7, row: 'amount-not-a-number' } },
  ]);
  await sync('Read everything');
  await tab('Put aside');
  const aside = row('Rows put aside', 1);
  await expect(aside).toContainText('amount');
  await expect(aside).toContainText('Not an amount with at most six decimals. (not_amount)');
  await expect(aside).toContainText('an earlier reading stays in force');
  await expect(page.getByRole('tab', { name: 'Put aside 1' })).toBeVisible();
  await expect(status()).toContainText('1 row quarantined');
  await look('quarantine-en');
  sandbox.setFaults([]);
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText('1 released, 0 still put aside.')).toBeVisible();
  await expect(page.getByText('Nothing was put aside')).toBeVisible();
  await expect(status()).not.toContainText('quarantined');
});

test('verifies the period that the window shows', async () => {
  await openMenu();
  await expect(menuItem('Verify this period')).toContainText('Choose a period first');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Period:/ }).click();
  await page.getByLabel('From').fill('01 Mar 2026');
  await page.getByLabel('To', { exact: true }).fill('31 Mar 2026');
  await page.getByRole('button', { name: 'Apply' }).click();
  await openMenu();
  await expect(menuItem('Verify this period')).toContainText(
    /^Verify this periodReading new orders and every order of 01 Mar 2026 – 31 Mar 2026: about \d+ requests; then payments of the period’s orders with findings, now \d+$/,
  );
  await look('sync-menu-verify-en');
  await page.keyboard.press('Escape');
  await sync('Verify this period');
  await tab('Run log');
  await expect(row('Run log', 1)).toContainText('Period');
  await expect(row('Run log', 1)).toContainText('New orders and every order of 01 Mar 2026 – 31 Mar 2026');
  await page.getByRole('button', { name: /^Period:/ }).click();
  await page.getByRole('button', { name: 'All dates' }).click();
});

test('shows what this Omnitron honours', async () => {
  await goTo('Settings');
  const card = page.getByRole('region', { name: 'What this Omnitron honours' });
  await expect(card).toContainText('Ids ascend');
  await expect(card).toContainText('The newest orders are read first');
  await expect(card).toContainText('/api/i1/orders');
  await expect(card).toContainText(/Looked at .* with \d+ requests/);
  await look('settings-honours-en');
});

test('no network is a state: when the last good sync was, and trying again', async () => {
  sandbox.setFaults([{ match: {}, action: { kind: 'dropBefore' } }]);
  await syncButton().click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Omnitron cannot be reached.');
  await expect(status()).toContainText(/Offline – last good sync: \d\d:\d\d/);
  await look('offline-en');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(status()).toContainText('Offline');
  sandbox.setFaults([]);
  await status().getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText(/^Sync complete/).last()).toBeVisible();
  await expect(status().getByText('complete', { exact: true })).toBeVisible();
  await expect(status()).not.toContainText('Offline');
});

test('asks before suspiciously many orders count as gone', async () => {
  const gone = sandbox
    .ids()
    .filter((id) => id > 1000)
    .slice(0, 150);
  for (const id of gone) sandbox.remove(id);
  await openMenu();
  await menuItem('Read everything').click();
  await expect(page.getByText('150 orders did not occur at Omnitron any more. Nothing was marked.')).toBeVisible();
  await goTo('Orders');
  await look('vanished-question-en');
  await page.getByRole('button', { name: 'They are gone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark these orders as gone?' });
  await expect(dialog).toContainText('Nothing is deleted');
  await look('vanished-dialog-en');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('150 orders did not occur at Omnitron any more.')).toBeVisible();
  await page.getByRole('button', { name: 'They are gone' }).click();
  await dialog.getByRole('button', { name: 'Mark as gone' }).click();
  await expect(page.getByText('150 orders marked as no longer at Omnitron.')).toBeVisible();
  await expect(page.getByText('Nothing was marked.')).toBeHidden();
  await goTo('Runs');
  await tab('What changed');
  await page.getByRole('radio', { name: 'Today' }).check();
  await expect(grid('Changes')).toHaveAttribute('aria-rowcount', '154');
  await row('Changes', 1).getByRole('gridcell').first().click();
  await expect(panel()).toContainText(/No longer at Omnitron since/);
  await expect(panel().getByRole('region', { name: 'History' })).toContainText('Accepted by hand');
  await look('vanished-order-en');
  await panel().getByRole('button', { name: 'Close order' }).click();
});

test('all of it in Turkish, in the dark', async () => {
  await page.evaluate(() => mutabakat.invoke('settings.set', { language: 'tr', theme: 'dark' }));
  await page.reload();
  await goTo('Eşitlemeler');
  await expect(grid('Eşitleme günlüğü')).toBeVisible();
  await expect(row('Eşitleme günlüğü', 1)).toContainText('Bütün siparişler');
  await row('Eşitleme günlüğü', 1).getByRole('gridcell').first().click();
  await expect(panel()).toContainText('Eşitleme');
  await look('runs-tr-dark');
  await tab('Ne değişti');
  await page.getByRole('radio', { name: 'Bugün' }).check();
  await grid('Değişiklikler').getByRole('row').last().getByRole('gridcell').first().click();
  await panel().getByRole('region', { name: 'Geçmiş' }).scrollIntoViewIfNeeded();
  await look('changes-tr-dark');
  await goTo('Ayarlar');
  await expect(page.getByRole('region', { name: 'Bu Omnitron neleri destekliyor' })).toContainText('Kimlikler artıyor');
  await look('settings-honours-tr-dark');
  await goTo('Siparişler');
  await page.getByRole('button', { name: 'Diğer eşitleme yolları' }).click();
  await expect(page.getByRole('menuitem', { name: /^Hepsini oku/ })).toContainText('yaklaşık');
  await look('sync-menu-tr-dark');
});
