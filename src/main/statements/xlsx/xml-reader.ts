import { LONGEST_ROW } from '../reading/source.ts';
import { corrupt } from './zip-entries.ts';

/** What is told about an XML text as it is read. Names come without their namespace's prefix. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** Reads XML that comes in pieces. Only what workbooks are made of: no document types, so no entities of their own. */
export interface XmlReader {
  push(text: string): void;
  /** @throws AppError STATEMENT_UNREADABLE where the text ends in the middle of something */
  end(): void;
}

/** Makes a reader that tells `handler`; `name` is the workbook's, for the words of an error. */
export function createXmlReader(handler: XmlHandler, name: string): XmlReader {
  let rest = '';

  function read(text: string): string {
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0) break;
      if (open > at) handler.text(text.slice(at, open));
      at = open;
      const close = endOfMarkup(text, open);
      if (close < 0) break;
      readMarkup(text, open, close);
      at = close + 1;
    }
    return text.slice(at);
  }

  /** Where the markup that begins at `open` ends; below 0 = it is not whole yet. */
  function endOfMarkup(text: string, open: number): number {
    if (text.startsWith('<!--', open)) return endAfter(text, '-->', open);
    if (text.startsWith('<![CDATA[', open)) return endAfter(text, ']]>', open);
    if (text.length - open < 9 && '<![CDATA['.startsWith(text.slice(open))) return -1;
    return text.indexOf('>', open);
  }

  function readMarkup(text: string, open: number, close: number): void {
    const first = text.charCodeAt(open + 1);
    if (first === 33) {
      if (text.startsWith('<![CDATA[', open)) handler.text(escapeBack(text.slice(open + 9, close - 2)));
      else if (!text.startsWith('<!--', open)) throw corrupt(name);
      return;
    }
    if (first === 63) return;
    if (first === 47) {
      handler.close(localName(text.slice(open + 2, close).trimEnd()));
      return;
    }
    const isEmpty = text.charCodeAt(close - 1) === 47;
    const inner = text.slice(open + 1, isEmpty ? close - 1 : close);
    const blank = inner.search(/\s/);
    const tag = localName(blank < 0 ? inner : inner.slice(0, blank));
    handler.open(tag, blank < 0 ? '' : inner.slice(blank));
    if (isEmpty) handler.close(tag);
  }

  return {
    push(text) {
      rest = read(rest + text);
      if (rest.length > LONGEST_ROW) throw corrupt(name);
    },
    end() {
      rest = read(rest);
      if (rest.trim() !== '') throw corrupt(name);
    },
  };
}

function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length - 1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Text of a CDATA section is no markup: what looks like an entity in it is not one. */
function escapeBack(text: string): string {
  return text.replaceAll('&', '&amp;');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its entities resolved. */
export function unescapeXml(text: string): string {
  if (text.indexOf('&') < 0) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]+);/g, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole;
    const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Strings of a workbook write signs that XML cannot hold as `_x000D_`. */
export function unescapeCell(text: string): string {
  const plain = unescapeXml(text);
  if (plain.indexOf('_x') < 0) return plain;
  return plain.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The value of an attribute, by its name without a prefix; null = it is not there. */
export function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return match === null ? null : unescapeXml(match[1] ?? match[2] ?? '');
}
