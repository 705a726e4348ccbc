// The trial behind docs/adr/0004-xlsx-writer.md: writes one sheet of orders with a candidate library and prints time,
// memory and size as JSON. One library a process, because memory is measured as the peak of the process.
//   node test/bench/xlsx-trial.mjs excelts [orders]
//   node test/bench/xlsx-trial.mjs write-excel-file|xlsx [orders] [folder that holds node_modules with the candidate]
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [candidate = 'excelts', countText = '100000', from = '.'] = process.argv.slice(2);
const count = Number(countText);
const MONEY = '#,##0.00';
const FORMATS = ['@', '0', null, '@', 'dd.mm.yyyy hh:mm', null, ...Array(6).fill(MONEY), '@', null, '0'];
const HEADINGS = FORMATS.map((_, index) => `Column ${index + 1}`);
const LAST_CELL = `O${count + 1}`;

function* orders() {
  for (let i = 0; i < count; i += 1) {
    const cents = 1000 + ((i * 7919) % 5_000_000);
    yield [
      String(2_790_000_000_000_000 + i),
      i + 1,
      ['Web', 'Mobil', 'Pazaryeri', null][i % 4],
      ['400', '500', '550', '600'][i % 4],
      45_000 + i / 1000,
      'TRY',
      cents / 100,
      (i % 3) * 9.99,
      (i % 5) * 1.5,
      0,
      cents / 100 + 1,
      i % 9 === 0 ? cents / 200 : 0,
      i % 2 === 0 ? null : `ABC2026${String(i).padStart(9, '0')}`,
      i % 7 === 0 ? 'no' : 'yes',
      i % 50 === 0 ? 1 : 0,
    ];
  }
}

function fromFolder(name) {
  return import(pathToFileURL(createRequire(resolve(from, 'package.json')).resolve(name)).href);
}

const writers = {
  async excelts(path) {
    const { WorkbookWriter } = await import('@cj-tech-master/excelts');
    const sink = createWriteStream(path);
    const workbook = new WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false });
    const sheet = workbook.addWorksheet('Orders', {
      views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
      autoFilter: `A1:${LAST_CELL}`,
      pageSetup: { orientation: 'landscape', paperSize: 9, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
    });
    sheet.columns = FORMATS.map((numFmt) => ({ width: 16, style: numFmt === null ? {} : { numFmt } }));
    sheet.addRow(HEADINGS).commit();
    let written = 0;
    for (const order of orders()) {
      sheet.addRow(order).commit();
      written += 1;
      if (written % 500 === 0 && sink.writableNeedDrain) await once(sink, 'drain');
    }
    await workbook.commit();
  },
  async 'write-excel-file'(path) {
    const { default: write } = await fromFolder('write-excel-file/node');
    const rows = [HEADINGS];
    for (const order of orders()) {
      rows.push(
        order.map((value, index) => {
          if (value === null) return null;
          return typeof value === 'number' && FORMATS[index] !== null ? { value, format: FORMATS[index] } : { value };
        }),
      );
    }
    const file = (write.default ?? write)(rows, {
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
      orientation: 'landscape',
    });
    await file.toFile(path);
  },
  async xlsx(path) {
    const loaded = await fromFolder('@e965/xlsx');
    const library = loaded.utils === undefined ? loaded.default : loaded;
    library.set_fs?.(fs);
    const rows = [HEADINGS];
    for (const order of orders()) {
      rows.push(
        order.map((v, index) => {
          if (v === null) return null;
          return typeof v === 'number' ? { t: 'n', v, z: FORMATS[index] ?? 'General' } : { t: 's', v };
        }),
      );
    }
    const sheet = library.utils.aoa_to_sheet(rows, { dense: true });
    sheet['!autofilter'] = { ref: `A1:${LAST_CELL}` };
    const workbook = library.utils.book_new();
    library.utils.book_append_sheet(workbook, sheet, 'Orders');
    library.writeFile(workbook, path, { compression: true });
  },
};

const writer = writers[candidate];
if (writer === undefined) throw new Error(`candidates are ${Object.keys(writers).join(', ')}`);
const folder = mkdtempSync(join(tmpdir(), 'xlsx-trial-'));
const path = join(folder, 'orders.xlsx');
try {
  const begun = performance.now();
  await writer(path);
  const seconds = (performance.now() - begun) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  const size = statSync(path).size / 1e6;
  const result = {
    candidate,
    orders: count,
    seconds: +seconds.toFixed(1),
    peakRssMiB: Math.round(peak),
    sizeMB: +size.toFixed(1),
  };
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
