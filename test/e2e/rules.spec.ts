import { expect, type Page, test } from '@playwright/test';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(120);
  page = store.app.page;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await store?.close();
});

const rulesCard = () => page.getByRole('region', { name: 'Rules of this connection' });
const calendar = () => rulesCard().getByRole('group', { name: 'Calendar 1' });
const calibrationCard = () => page.getByRole('region', { name: 'Calibration' });
const goTo = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

/** An order whose total is planted to be wrong and that has a number of its own. */
function wrongTotal(): string {
  const shared = new Set(store.sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const planted = store.sandbox
    .planted()
    .find(({ check, orderId }) => check === 'amount.total' && !shared.has(orderId));
  return store.sandbox.order(planted?.orderId ?? 0)?.number ?? '';
}

async function openOrder(number: string): Promise<void> {
  await goTo('Orders');
  await page.getByRole('searchbox').fill(number);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toContainText(number);
  await row.click();
  await page.keyboard.press('F2');
  await expect(page.getByRole('complementary', { name: `Order ${number}` })).toBeVisible();
}

test('rules are chosen with a reason, checked, and kept in the history', async () => {
  await goTo('Settings');
  await expect(rulesCard()).toContainText('assumed');
  const save = rulesCard().getByRole('button', { name: 'Put in force' });
  await expect(save).toBeDisabled();
  await rulesCard().getByLabel('Hosts of e-archive links').fill('https://earsiv.example.com');
  await rulesCard().getByLabel('Reason').fill('agreed with the auditor');
  await save.click();
  await expect(rulesCard().getByRole('alert')).toContainText('Enter hosts only');
  await rulesCard().getByLabel('Hosts of e-archive links').fill('earsiv.example.com');
  await rulesCard().getByRole('button', { name: 'Add a tolerance' }).click();
  await rulesCard().getByLabel('Amount of tolerance 1').fill('0.05');
  await rulesCard().getByRole('button', { name: 'Add a calendar' }).click();
  await calendar().getByLabel('Source of calendar 1').selectOption({ label: 'Bank statement' });
  await calendar().getByLabel('Holidays of calendar 1').selectOption('fixed');
  await calendar().getByRole('checkbox', { name: 'Sat' }).uncheck();
  await calendar().getByLabel('Further days off').fill('31 Dec 2026');
  await save.click();
  await expect(rulesCard()).toContainText('version 1');
  await expect(rulesCard().getByLabel('Amount of tolerance 1')).toHaveValue('0.05');
  await rulesCard().getByText('History', { exact: true }).click();
  await expect(rulesCard().getByRole('listitem')).toContainText('agreed with the auditor');
});

test('calibration counts what every formula explains; the chosen one counts in the order', async () => {
  await calibrationCard().getByRole('button', { name: 'Try the formulas' }).click();
  await expect(calibrationCard().getByRole('status')).toContainText('orders were judged');
  const proposed = calibrationCard().getByRole('row').filter({ hasText: 'proposed' });
  await expect(proposed).toContainText(/\d{2,3}\.\d{2} % of \d+/);
  await expect(proposed).toContainText('in force');
  await calibrationCard().getByRole('button', { name: 'Show all formulas' }).click();
  await expect(calibrationCard().getByRole('radio')).toHaveCount(16);
  await calibrationCard()
    .getByRole('radio', {
      name: /^Choose: amount = lines \(a merged line at its price\) .*; already in the prices: discount$/,
    })
    .check();
  await calibrationCard().getByLabel('Reason').fill('as our shop says');
  await calibrationCard().getByRole('button', { name: 'Put this formula in force' }).click();
  await expect(rulesCard()).toContainText('version 2');
  await openOrder(wrongTotal());
  await expect(page.getByTestId('footing')).toContainText('Discount (in the prices)');
});

test('the calendar of a source is still there after a reload, and every choice is taken back', async () => {
  await page.reload();
  await goTo('Settings');
  await expect(calendar().getByLabel('Source of calendar 1')).toHaveValue('bank');
  await expect(calendar().getByLabel('Holidays of calendar 1')).toHaveValue('fixed');
  await expect(calendar().getByRole('checkbox', { name: 'Sat' })).not.toBeChecked();
  await expect(calendar().getByRole('checkbox', { name: 'Sun' })).toBeChecked();
  await expect(calendar().getByLabel('Further days off')).toHaveValue('31 Dec 2026');
  await rulesCard().getByText('History', { exact: true }).click();
  await rulesCard().getByRole('button', { name: 'Take every choice back' }).click();
  await expect(rulesCard().getByRole('status')).toContainText('Every choice will be taken back');
  await rulesCard().getByLabel('Reason').fill('nothing is agreed yet');
  await rulesCard().getByRole('button', { name: 'Put in force' }).click();
  await expect(rulesCard().getByRole('heading', { name: 'Rules of this connection assumed' })).toBeVisible();
  await expect(calendar()).toHaveCount(0);
});

test('a former version is chosen again', async () => {
  await goTo('Settings');
  await rulesCard().getByText('History', { exact: true }).click();
  await rulesCard().getByRole('button', { name: 'Take over version 1' }).click();
  await rulesCard().getByLabel('Reason').fill('back to what was agreed');
  await rulesCard().getByRole('button', { name: 'Put in force' }).click();
  await expect(rulesCard()).toContainText('version 4');
  await openOrder(wrongTotal());
  await expect(page.getByTestId('footing')).not.toContainText('in the prices');
});

test('the key of the quantity is chosen among the rules; calibration says what was read with another one', async () => {
  await goTo('Settings');
  const key = rulesCard().getByLabel('Quantity of merged lines');
  await key.fill(' ');
  await rulesCard().getByLabel('Reason').fill('as our shop names it');
  await rulesCard().getByRole('button', { name: 'Put in force' }).click();
  await expect(rulesCard().getByRole('alert')).toContainText('Enter the name of an attribute');
  await expect(key).toBeFocused();
  await expect(key).toBeInViewport();
  await key.fill('adet');
  await rulesCard().getByRole('button', { name: 'Put in force' }).click();
  await expect(rulesCard()).toContainText('version 4');
  await expect(key).toHaveValue('adet');
  await calibrationCard().getByRole('button', { name: 'Try the formulas' }).click();
  await expect(calibrationCard()).toContainText(
    'The quantity is looked for under “adet”. Held orders were read with “quantity”. Run a sync. Other attributes with whole numbers: “quantity”.',
  );
  await openOrder(wrongTotal());
});

test('a difference says what may make it up, by keyboard too, in both languages', async () => {
  const findings = page.getByRole('complementary').getByRole('region', { name: 'Findings' });
  const lines = findings.locator('.explanation');
  await expect(lines.first()).toContainText(/^(Explained by:|Unexplained:)/);
  const folded = findings.locator('details.explanation').first();
  if ((await folded.count()) > 0) {
    await folded.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(folded.getByRole('table', { name: 'Arithmetic of the explanation' }).first()).toBeVisible();
    await expect(folded.getByRole('table').first()).toContainText('Difference');
  }
  await page.evaluate(() => mutabakat.invoke('settings.set', { language: 'tr' }));
  await page.reload();
  await page.getByRole('navigation').getByRole('button', { name: 'Ayarlar' }).click();
  await expect(page.getByRole('region', { name: 'Bu bağlantının kuralları' })).toContainText('sürüm 4');
});
