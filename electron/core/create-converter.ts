import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { companionName, companionText } from '../../shared/features/formats/companions.ts';
import {
  changesNumbers,
  Conversion,
  type LossCount,
  LossTally,
  numberLoss,
  type RowConversion,
} from '../../shared/features/formats/conversion.ts';
import type { JsonObject } from '../../shared/features/datasets/read-line.ts';
import {
  type Gathered,
  Gathering,
  gapWords,
  PlaceCount,
  type Scattered,
} from '../../shared/features/formats/gather-rows.ts';
import type { Codec, ShapeName } from '../../shared/features/formats/formats.model.ts';
import { codecs, recogniseShapes } from '../../shared/features/formats/formats.registry.ts';
import { readAsFound } from '../../shared/features/imports/read-choices.ts';
import { containerFor, type ExportTarget } from '../../shared/features/formats/targets.model.ts';
import { AppFailure } from '../../shared/failures.ts';
import { createAtomicFiles } from '../adapters/files/atomic-files.ts';
import { openSource } from '../adapters/readers/open-source.ts';
import { openRowFile } from '../adapters/writers/row-file.ts';
import type { OutgoingRow, RowFile } from './row-files.ts';
import type { Source, SourceRow } from './source-rows.ts';

/** A conversion of one file into another; `from` is recognised from the rows when null. */
export type FileConversion = {
  readonly input: string;
  readonly output: string;
  readonly from: ShapeName | null;
  /** How the input's text is to be read; UTF-8, or as its byte order mark says, when null. */
  readonly encoding: string | null;
  readonly target: ExportTarget;
  /** Whether the output begins with a byte order mark. */
  readonly hasByteOrderMark: boolean;
  onSkipped(line: number, reason: string): void;
  onProgress(readBytes: number): void;
};

/** What became of the rows: `read` = `written` + those that onSkipped heard of. */
export type ConvertedFile = {
  readonly from: ShapeName;
  readonly read: number;
  readonly written: number;
  readonly losses: readonly LossCount[];
};

const sampleRows = 200;

/**
 * Converts a file of any container and known shape, in constant memory. The output is there whole or not at all. Throws
 * AppFailure when the input cannot be read or understood, and what the file system throws.
 */
export async function convertFile(wanted: FileConversion): Promise<ConvertedFile> {
  const { input: path, encoding } = wanted;
  const source = await openSource({ path, name: basename(path) }, { ...readAsFound, encoding });
  try {
    const from = codecs[wanted.from ?? (await recognise(source, wanted.input))];
    const container = containerFor(wanted.target, wanted.output);
    const file = await openRowFile(wanted.output, container, wanted.hasByteOrderMark);
    try {
      const copying = new Copying(wanted, { from, scattered: await scatteredIn(source, from) }, file);
      for await (const batch of source.rows({ onBytes: (read) => wanted.onProgress(read) })) {
        await copying.take(batch);
      }
      const converted = await copying.end();
      await file.commit();
      await writeCompanion(wanted, copying);
      return converted;
    } catch (error) {
      await file.abandon();
      throw error;
    }
  } finally {
    await source.close();
  }
}

async function recognise(source: Source, input: string): Promise<ShapeName> {
  const rows: JsonObject[] = [];
  let odd: Extract<SourceRow, { kind: 'quarantined' }> | null = null;
  for await (const batch of source.rows()) {
    for (const row of batch) {
      if (row.kind === 'row') rows.push(row.value);
      else odd ??= row;
    }
    if (rows.length >= sampleRows) break;
  }
  const [best] = recogniseShapes(rows.slice(0, sampleRows));
  if (best) return best.shape;
  throw new AppFailure('FILE_UNREADABLE', {
    what: unknownWords(input, rows[0], odd),
    todo:
      rows.length > 0 || odd === null
        ? 'Name the shape with --from, or map the columns in the window.'
        : 'Mend these lines; text that is not UTF-8 is read with --encoding NAME (the window shows how each would read).',
    retry: 'never',
  });
}

function unknownWords(
  input: string,
  first: JsonObject | undefined,
  odd: { number: number; message: string } | null,
): string {
  if (first) return `The rows of ${input} have no shape Lapidary knows; their fields are ${fieldsOf(first)}.`;
  const why = odd === null ? '' : ` Line ${odd.number}: ${odd.message}`;
  return `${input} has no rows that can be read.${why}`;
}

function fieldsOf(row: object): string {
  return Object.keys(row)
    .slice(0, 8)
    .map((key) => JSON.stringify(key.slice(0, 40)))
    .join(', ');
}

/** Conversations whose rows do not follow each other, by a look over all rows; none where every row is an example. */
async function scatteredIn(source: Source, { join }: Codec): Promise<Scattered> {
  const places = new PlaceCount();
  if (join === null) return places.scattered;
  for await (const batch of source.rows()) {
    for (const row of batch) if (row.kind === 'row') places.add(join.groupOf(row.value));
  }
  return places.scattered;
}

type Row = Extract<SourceRow, { kind: 'row' }>;

/** Rows on their way from one file into the other. */
class Copying {
  readonly #wanted: FileConversion;
  readonly #from: Codec;
  readonly #file: RowFile;
  readonly #tally = new LossTally();
  readonly conversion: Conversion;
  readonly columns = new Set<string>();
  #read = 0;
  #written = 0;
  /** Puts rows together where examples span rows; null where they do not. */
  readonly #gathering: Gathering<Row> | null;

  constructor(wanted: FileConversion, read: { from: Codec; scattered: Scattered }, file: RowFile) {
    const { from } = read;
    const { join } = from;
    this.#wanted = wanted;
    this.#from = from;
    this.#gathering =
      join &&
      new Gathering<Row>(
        {
          goesOn: (row, previous) => !join.beginsExample(row, previous),
          groupOf: (row) => join.groupOf(row),
        },
        read.scattered,
      );
    this.#file = file;
    this.conversion = new Conversion(from, wanted.target);
  }

  async take(batch: readonly SourceRow[]): Promise<void> {
    const outgoing: OutgoingRow[] = [];
    for (const row of batch) this.#take(row, outgoing);
    if (outgoing.length > 0) await this.#file.write(outgoing);
  }

  async end(): Promise<ConvertedFile> {
    const outgoing: OutgoingRow[] = [];
    this.#join(this.#gathering?.end() ?? null, outgoing);
    if (outgoing.length > 0) await this.#file.write(outgoing);
    return { from: this.#from.name, read: this.#read, written: this.#written, losses: this.#tally.list };
  }

  #take(row: SourceRow, outgoing: OutgoingRow[]): void {
    if (row.kind === 'quarantined') {
      this.#read += 1;
      this.#gathering?.skip(row.number);
      this.#wanted.onSkipped(row.number, row.message);
      return;
    }
    if (this.#gathering !== null) {
      this.#join(this.#gathering.take(row), outgoing);
      return;
    }
    this.#read += 1;
    this.#note(this.conversion.row(row.value), { line: row.number, text: row.text }, outgoing);
  }

  #join(found: Gathered<Row> | null, outgoing: OutgoingRow[]): void {
    if (found === null) return;
    const { rows, at, gap } = found;
    this.#read += 1;
    const outcome: RowConversion =
      gap === null
        ? this.conversion.joined(rows.map(({ value }) => value))
        : { kind: 'skipped', reason: gapWords(gap) };
    this.#note(outcome, { line: at.number, text: null }, outgoing);
  }

  #note(outcome: RowConversion, from: { line: number; text: string | null }, outgoing: OutgoingRow[]): void {
    if (outcome.kind === 'skipped') {
      this.#wanted.onSkipped(from.line, outcome.reason);
      return;
    }
    this.#written += 1;
    const isKept = outcome.isUntouched && from.text !== null;
    if (isKept) outgoing.push({ value: null, bytes: Buffer.from(from.text ?? '') });
    else {
      outgoing.push({ value: outcome.row, bytes: null });
      for (const column of Object.keys(outcome.row)) this.columns.add(column);
    }
    const isRounded = !isKept && from.text !== null && changesNumbers(from.text);
    this.#tally.add(isRounded ? [...outcome.losses, numberLoss] : outcome.losses);
  }
}

async function writeCompanion({ target, output }: FileConversion, copying: Copying): Promise<void> {
  if (target.name !== 'llama-factory') return;
  const path = join(dirname(output), companionName(target.name) ?? '');
  const about = { fileName: basename(output), method: copying.conversion.method, columns: copying.columns };
  const text = companionText(target.name, [about], textIn(path));
  if (text === null) {
    throw new AppFailure('FILE_UNREADABLE', {
      what: `${output} was written, but ${path} is there already and is no registry of data sets.`,
      todo: 'Move that file away and convert again.',
      retry: 'never',
    });
  }
  await createAtomicFiles().write(path, text);
}

function textIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
