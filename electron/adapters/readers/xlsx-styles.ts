import type { XmlListener } from '../../../shared/features/imports/xml-events.ts';
import type { Bytes } from './byte-stream.ts';

/** Which cell formats of a workbook show a day or a time. */
export type CellFormats = { readonly isEpoch1904: boolean; isDate(style: number): boolean };

/** Number formats that Excel has built in and that show a day or a time (ECMA-376, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Reads the styles of a workbook; null when it has none. */
export async function readStyles(
  bytes: Bytes | null,
  options: { isEpoch1904: boolean; parse(bytes: Bytes, listener: XmlListener): Promise<void> },
): Promise<CellFormats> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let isCellFormats = false;
  if (bytes) {
    await options.parse(bytes, {
      open(name, attribute) {
        if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
        else if (name === 'cellXfs') isCellFormats = true;
        else if (name === 'xf' && isCellFormats) formats.push(Number(attribute('numFmtId') ?? 0));
      },
      text() {},
      close(name) {
        if (name === 'cellXfs') isCellFormats = false;
      },
    });
  }
  const areDates = formats.map((id) => {
    const code = codes.get(id);
    return code === undefined ? isBuiltInDate(id) : showsDate(code);
  });
  return { isEpoch1904: options.isEpoch1904, isDate: (style) => areDates[style] ?? false };
}

/** A format code shows a day or a time when a letter of one stands outside of quotes and brackets. */
function showsDate(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '').split(';')[0] ?? '';
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare);
}

const dayMs = 86_400_000;

/** Excel's count of days as `2026-03-02` or `2026-03-02 14:30:00`; the number itself where it is no day. */
export function dateText(days: number, isEpoch1904: boolean): string | number {
  // Excel takes 1900 for a leap year, so counts from March 1900 are one too high; epoch 1899-12-30 mends that.
  const epoch = isEpoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + Math.round(days * 86_400) * 1000);
  if (days < 0 || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return days;
  const text = date.toISOString();
  return date.getTime() % dayMs === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
