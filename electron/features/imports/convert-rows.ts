import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { maxLineBytes } from '../../../shared/features/datasets/line-splitter.ts';
import type { Codec } from '../../../shared/features/formats/formats.model.ts';
import {
  type Gathered,
  Gathering,
  gapWords,
  PlaceCount,
  type Scattered,
} from '../../../shared/features/formats/gather-rows.ts';
import type { Recipe, SetAside } from '../../../shared/features/imports/imports.model.ts';
import { keptRawBytes, type OpenSource, type Source, type SourceRow } from '../../core/source-rows.ts';
import { type BatchRequests, type ImportFile, readBatchRequests } from './batch-inputs.ts';
import { createShaper, type Shaped, type Shaper } from './shape-rows.ts';

export type ConvertParts = { readonly openSource: OpenSource; readonly codecs: readonly Codec[] };

/** What a row became. `line` counts on over the files of the import; `fileLine` is that of the file alone. */
export type Converted =
  | (Extract<Shaped, { kind: 'example' }> & {
      readonly file: string;
      readonly line: number;
      readonly fileLine: number;
      /** The line of JSON that the example is. */
      readonly text: string;
    })
  | { readonly kind: 'set-aside'; readonly line: number; readonly aside: SetAside };

export type Listen = {
  /** Bytes read of the file at this index. */
  onBytes?(index: number, readBytes: number): void;
  /** Called when a file begins, with the line after which its lines count. */
  onFile?(file: ImportFile, lineBase: number): void;
  readonly signal?: AbortSignal | undefined;
  /** Rows that are looked at for conversations which stand in several places; all without it. */
  readonly lookAhead?: number;
};

/**
 * Every row of every file as what a recipe makes of it, in order, in batches and constant memory. Each row ends up in an
 * example or set aside with the reason.
 */
export async function* convertRows(
  input: { files: readonly ImportFile[]; recipe: Recipe },
  parts: ConvertParts,
  listen: Listen = {},
): AsyncGenerator<readonly Converted[], void, void> {
  let lineBase = 0;
  const batch = await readBatchRequests(input, parts.openSource);
  for (const file of inOrder(input.files, batch)) {
    const index = input.files.indexOf(file);
    const source = await parts.openSource(file, input.recipe.read);
    try {
      listen.onFile?.(file, lineBase);
      const shaper = createShaper(input.recipe, source.container, parts.codecs);
      const scattered = await scatteredIn(source, shaper, listen);
      const joiner = createJoiner(shaper, { file: file.name, lineBase }, scattered);
      const { signal } = listen;
      const onBytes = (read: number): void => listen.onBytes?.(index, read);
      for await (const rows of rowsOf(source, { signal, onBytes })) {
        const converted = rows.flatMap((row) =>
          joiner.take(row, batch?.files.has(file) ? batch.unanswered(row) : (batch?.joined(row) ?? row)),
        );
        if (converted.length > 0) yield converted;
      }
      const last = joiner.end();
      if (last.length > 0) yield last;
      lineBase = joiner.lastLine();
    } finally {
      await source.close();
    }
  }
}

/** The requests of a batch come after its answers, to tell which of them were answered. */
function inOrder(files: readonly ImportFile[], batch: BatchRequests | null): readonly ImportFile[] {
  if (batch === null) return files;
  const isInput = (file: ImportFile): boolean => batch.files.has(file);
  return [...files.filter((file) => !isInput(file)), ...files.filter(isInput)];
}

function rowsOf(source: Source, listen: Parameters<Source['rows']>[0]) {
  return source.rows(listen);
}

type Place = { readonly file: string; readonly lineBase: number };
type Row = Extract<SourceRow, { kind: 'row' }>;

/** Gathers rows that make one example together, and shapes them. */
function createJoiner(shaper: Shaper, place: Place, scattered: Scattered) {
  const gathering = new Gathering<Row>(shaper, scattered);
  let lastLine = place.lineBase;
  const shaped = (found: Gathered<Row> | null): Converted[] => {
    if (found === null) return [];
    const { rows, at, gap } = found;
    const outcome: Shaped =
      gap === null
        ? shaper.shape(rows.map(({ value }) => value))
        : { kind: 'set-aside', code: 'transcript_gap', message: gapWords(gap) };
    return [converted(outcome, at, place)];
  };
  return {
    lastLine: () => lastLine,
    end: () => shaped(gathering.end()),
    /** Takes a row as it came, and as it is to be read; null where another row stands for it. */
    take(came: SourceRow, row: SourceRow | null): Converted[] {
      lastLine = place.lineBase + came.number;
      if (row === null) return [];
      if (row.kind === 'row') return shaped(gathering.take(row));
      // Between rows that stand alone nothing can be missing.
      if (!shaper.joins) return [...shaped(gathering.end()), setAside(row, place)];
      gathering.skip(row.number);
      return [setAside(row, place)];
    },
  };
}

/** Conversations that stand in several places, by a look over all rows; none where every row is an example. */
async function scatteredIn(source: Source, shaper: Shaper, listen: Listen): Promise<Scattered> {
  const places = new PlaceCount();
  if (!shaper.joins) return places.scattered;
  let looked = 0;
  for await (const rows of source.rows({ signal: listen.signal })) {
    for (const row of rows) if (row.kind === 'row') places.add(shaper.groupOf(row.value));
    looked += rows.length;
    if (listen.lookAhead !== undefined && looked >= listen.lookAhead) break;
  }
  return places.scattered;
}

function converted(shaped: Shaped, row: Row, place: Place): Converted {
  if (shaped.kind === 'set-aside') return setAside({ ...row, ...shaped, raw: rawOf(row) }, place);
  const text = shaped.isUntouched && row.text !== null ? row.text : JSON.stringify(shaped.value);
  if (text.length > maxLineBytes / 3 && Buffer.byteLength(text) > maxLineBytes) {
    const message = 'The example would be longer than 16 MiB.';
    return setAside({ ...row, code: 'line_too_long', message, raw: rawOf(row) }, place);
  }
  return { ...shaped, file: place.file, line: place.lineBase + row.number, fileLine: row.number, text };
}

function rawOf(row: { value: JsonObject; text: string | null }): string {
  return (row.text ?? JSON.stringify(row.value)).slice(0, keptRawBytes);
}

function setAside(row: Omit<Extract<SourceRow, { kind: 'quarantined' }>, 'kind'>, place: Place): Converted {
  const { code, message, raw, byteOffset, number } = row;
  const aside: SetAside = { file: place.file, line: number, byteOffset, code, message, raw };
  return { kind: 'set-aside', line: place.lineBase + number, aside };
}
