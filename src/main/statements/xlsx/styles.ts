import { attribute, createXmlReader } from './xml-reader.ts';

/** Number formats that every workbook has and that show dates or times. */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** For every cell format of a workbook whether it shows a date. */
export function dateFormats(stylesXml: string, name: string): boolean[] {
  const own = new Map<number, boolean>();
  const formats: boolean[] = [];
  let inCellFormats = false;
  const reader = createXmlReader(
    {
      open(tag, attributes) {
        if (tag === 'numFmt')
          own.set(Number(attribute(attributes, 'numFmtId')), showsDate(attribute(attributes, 'formatCode')));
        if (tag === 'cellXfs') inCellFormats = true;
        if (tag === 'xf' && inCellFormats) {
          const id = Number(attribute(attributes, 'numFmtId') ?? '0');
          formats.push(own.get(id) ?? BUILT_IN.some(([from, to]) => id >= from && id <= to));
        }
      },
      close(tag) {
        if (tag === 'cellXfs') inCellFormats = false;
      },
      text: () => undefined,
    },
    name,
  );
  reader.push(stylesXml);
  reader.end();
  return formats;
}

/** Whether a format's code shows a date: it has a day, month, year, hour or second outside of quotes and brackets. */
export function showsDate(code: string | null): boolean {
  const bare = (code ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}
