import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { XmlEvents, type XmlListener } from '../../../shared/features/imports/xml-events.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Bytes, Listen } from './byte-stream.ts';
import { named } from './csv-rows.ts';
import type { FileSet } from './file-set.ts';
import { reasonOf, unreadable } from './read-failures.ts';
import { type CellFormats, dateText, readStyles } from './xlsx-styles.ts';

const maxStringCharacters = 256 * 1024 * 1024;
/** As many as Excel itself has. */
const maxColumns = 16_384;
const batchRows = 500;

type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly entry: string }[];
  readonly formats: CellFormats;
};

/** A cell as JSON has it. */
type Cell = string | number | boolean | null;

/** Opens a sheet of an Excel workbook, row by row: what the file says about its own size is not looked at. */
export async function openXlsx(
  set: FileSet,
  choices: { part: string | null; hasHeader: boolean | null },
): Promise<{
  columns: string[];
  sheets: string[];
  hasHeader: boolean;
  rows(listen?: Listen): SourceBatches;
}> {
  try {
    const workbook = await readWorkbook(set);
    const sheet = workbook.sheets.find(({ name }) => name === choices.part) ?? workbook.sheets[0];
    if (!sheet) throw new Error('it has no sheet');
    const strings = await readStrings(set);
    const read = { set, entry: sheet.entry, strings, formats: workbook.formats };
    const first = await firstRow(read);
    const hasHeader = choices.hasHeader ?? first.every((cell) => cell === null || typeof cell === 'string');
    const columns = named(first.map((cell) => (hasHeader && cell !== null ? String(cell) : '')));
    const sheets = workbook.sheets.map(({ name }) => name);
    return { columns, sheets, hasHeader, rows: (listen) => rowsOf(read, { columns, hasHeader }, listen) };
  } catch (error) {
    throw damaged(set.name, error);
  }
}

function damaged(file: string, error: unknown): unknown {
  if (error instanceof AppFailure) return error;
  return unreadable(file, {
    what: `The workbook cannot be read: ${reasonOf(error)}.`,
    todo: 'Open it in a spreadsheet program and save it anew, or save the sheet as CSV.',
  });
}

async function parse(bytes: Bytes, listener: XmlListener): Promise<void> {
  const events = new XmlEvents(listener);
  const decoder = new TextDecoder();
  for await (const piece of bytes) events.push(decoder.decode(piece, { stream: true }));
  events.push(decoder.decode());
  events.end();
}

async function readWorkbook(set: FileSet): Promise<Workbook> {
  const found: { name: string; id: string }[] = [];
  const targets = new Map<string, string>();
  let isEpoch1904 = false;
  await parse(set.bytes('xl/workbook.xml'), {
    open(name, attribute) {
      if (name === 'sheet') found.push({ name: attribute('name') ?? '', id: attribute('r:id') ?? '' });
      if (name === 'workbookPr') isEpoch1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '');
    },
    text() {},
    close() {},
  });
  const has = (entry: string): boolean => set.entries.some(({ name }) => name === entry);
  if (has('xl/_rels/workbook.xml.rels')) {
    await parse(set.bytes('xl/_rels/workbook.xml.rels'), {
      open(name, attribute) {
        if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
      },
      text() {},
      close() {},
    });
  }
  const sheets = found.map(({ name, id }, index) => {
    const target = targets.get(id) ?? `worksheets/sheet${index + 1}.xml`;
    return { name, entry: target.startsWith('/') ? target.slice(1) : `xl/${target}` };
  });
  const styles = has('xl/styles.xml') ? set.bytes('xl/styles.xml') : null;
  return {
    sheets: sheets.filter(({ entry }) => has(entry)),
    formats: await readStyles(styles, { isEpoch1904, parse }),
  };
}

/** Texts that cells share; at most 256 Mi characters are held. */
async function readStrings(set: FileSet): Promise<string[]> {
  const strings: string[] = [];
  const entry = 'xl/sharedStrings.xml';
  if (!set.entries.some(({ name }) => name === entry)) return strings;
  let total = 0;
  const reader = createTextReader('si', (text) => {
    strings.push(text);
    total += text.length;
    if (total > maxStringCharacters) {
      throw unreadable(set.name, {
        what: 'The workbook holds more than 256 million characters of text.',
        todo: 'Save the sheet as CSV, which is read without holding it, and import that.',
      });
    }
  });
  await parse(set.bytes(entry), reader);
  return strings;
}

/** Gathers the text of `t` elements inside an element; phonetic runs (`rPh`) are no text. */
function createTextReader(element: string, onText: (text: string) => void): XmlListener {
  let text: string | null = null;
  let isText = false;
  let isPhonetic = false;
  return {
    open(name) {
      if (name === element) text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = true;
    },
    text(piece) {
      if (text !== null && isText && !isPhonetic) text += piece;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === element && text !== null) {
        onText(text);
        text = null;
      }
    },
  };
}

type Reading = {
  readonly set: FileSet;
  readonly entry: string;
  readonly strings: readonly string[];
  readonly formats: CellFormats;
};
type SheetRow = { readonly number: number; readonly cells: readonly Cell[] };

async function firstRow(read: Reading): Promise<readonly Cell[]> {
  for await (const rows of sheetRows(read)) {
    const filled = rows.find(({ cells }) => cells.some((cell) => cell !== null));
    if (filled) return filled.cells;
  }
  throw unreadable(read.set.name, {
    what: 'The sheet is empty.',
    todo: 'Choose another sheet of the workbook, or another file.',
  });
}

async function* rowsOf(
  read: Reading,
  { columns, hasHeader }: { columns: readonly string[]; hasHeader: boolean },
  listen?: Listen,
): AsyncGenerator<readonly SourceRow[], void, void> {
  let isHeader = hasHeader;
  try {
    for await (const rows of sheetRows(read, listen)) {
      const batch: SourceRow[] = [];
      for (const { number, cells } of rows) {
        if (!cells.some((cell) => cell !== null)) continue;
        if (isHeader) isHeader = false;
        else
          batch.push({ kind: 'row', number, byteOffset: null, value: toValue(cells, columns), text: null });
      }
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    throw listen?.signal?.aborted ? error : damaged(read.set.name, error);
  }
}

function toValue(cells: readonly Cell[], columns: readonly string[]): JsonObject {
  const pairs: [string, Cell][] = [];
  for (const [index, cell] of cells.entries()) {
    if (cell !== null) pairs.push([columns[index] ?? `column ${index + 1}`, cell]);
  }
  return Object.fromEntries(pairs);
}

async function* sheetRows(read: Reading, listen?: Listen): AsyncGenerator<SheetRow[], void, void> {
  let rows: SheetRow[] = [];
  const events = new XmlEvents(createSheetReader(read, (row) => rows.push(row)));
  const decoder = new TextDecoder();
  for await (const piece of read.set.bytes(read.entry, listen)) {
    events.push(decoder.decode(piece, { stream: true }));
    if (rows.length < batchRows) continue;
    yield rows;
    rows = [];
  }
  events.push(decoder.decode());
  events.end();
  if (rows.length > 0) yield rows;
}

function createSheetReader(read: Reading, onRow: (row: SheetRow) => void): XmlListener {
  let number = 0;
  let cells: Cell[] = [];
  let column = 0;
  let cell: { type: string; style: number; text: string } | null = null;
  let isValue = false;
  return {
    open(name, attribute) {
      if (name === 'row') {
        // Row numbers only ever grow: one that does not is counted on, so that every row has its own.
        number = Math.max(number + 1, Number(attribute('r') ?? 0) || 0);
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = columnOf(attribute('r')) ?? column + 1;
        if (column > maxColumns)
          throw new Error(`row ${number} has a cell in column ${column}; a sheet has at most ${maxColumns}`);
        cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), text: '' };
      } else if (name === 'v' || name === 't') isValue = true;
      else if (name === 'rPh') isValue = false;
    },
    text(piece) {
      if (cell && isValue) cell.text += piece;
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'c' && cell) {
        while (cells.length < column - 1) cells.push(null);
        cells[column - 1] = cellValue(cell, read);
        cell = null;
      } else if (name === 'row') onRow({ number, cells });
    },
  };
}

/** `AB12` is column 28; null for what is no cell's name. */
function columnOf(name: string | null): number | null {
  const letters = /^[A-Z]{1,4}(?=\d)/.exec(name ?? '')?.[0];
  if (!letters) return null;
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column;
}

/** A cell with an error (#N/A …) is empty: what is missing is reported where it is needed. */
function cellValue(cell: { type: string; style: number; text: string }, read: Reading): Cell {
  const { type, style, text } = cell;
  if (type === 'e') return null;
  if (type === 's') return read.strings[Number(text)] ?? null;
  if (type === 'b') return text === '1';
  if (text === '') return null;
  if (type !== 'n') return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return read.formats.isDate(style) ? dateText(number, read.formats.isEpoch1904) : number;
}
