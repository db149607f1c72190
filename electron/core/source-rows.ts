import type { JsonObject } from '../../shared/features/datasets/read-line.ts';

/*
 * What every container reader (electron/adapters/readers) yields and every codec, mapping or converter takes: rows of
 * JSON values in the order of the source, and what could not become a row.
 */

/** How rows lie in a file, apart from packing. `text` is prose without a table, `images` a table with picture files. */
export type Container = 'jsonl' | 'json' | 'csv' | 'parquet' | 'xlsx' | 'pdf' | 'text' | 'images';

/**
 * A row of any container. `number` is unique and ascending within the source: the 1-based physical line where lines exist
 * (JSONL, CSV), the item's number in a JSON list, the row's in a sheet or Parquet file, the page's in a PDF; it is counted
 * on over the files of a zip or folder. `byteOffset` is that of its first byte in the unpacked file; null where the
 * container has no such place. Nothing is dropped silently: what is no row comes as quarantined, with the reason.
 */
export type SourceRow =
  | {
      readonly kind: 'row';
      readonly number: number;
      readonly byteOffset: number | null;
      readonly value: JsonObject;
      /** The row's own JSON where it came as a line of JSON, so that an untouched row can leave byte-identical. */
      readonly text: string | null;
    }
  | {
      readonly kind: 'quarantined';
      readonly number: number;
      readonly byteOffset: number | null;
      readonly code: string;
      readonly message: string;
      /** The beginning of what was there, to be shown. */
      readonly raw: string;
    };

/** What came out of a file, in order and in constant memory; throws what the file system throws. */
export type SourceRows = AsyncIterable<SourceRow>;

/** The same in batches (one per piece read), so that a million rows cost few turns of the event loop. */
export type SourceBatches = AsyncIterable<readonly SourceRow[]>;

/** Longest piece of a quarantined row that is kept to be shown. */
export const keptRawBytes = 64 * 1024;

/** Rows one by one. */
export async function* oneByOne(batches: SourceBatches): AsyncGenerator<SourceRow, void, void> {
  for await (const batch of batches) yield* batch;
}

/** What a person may choose about the reading; null is "find out". */
export type ReadChoices = {
  readonly container: Container | null;
  /** A WHATWG or iconv name such as `utf-8`, `utf-16le`, `windows-1252`. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly hasHeader: boolean | null;
  /** A sheet's name, or an entry's name in a zip. */
  readonly part: string | null;
  readonly pdfAs: 'text' | 'images' | null;
};

/** How sure the reader is about the encoding and where it stops being UTF-8. */
export type EncodingFacts = {
  readonly name: string;
  readonly isUtf8: boolean;
  /** Offset of the first byte that is not UTF-8, and its value; null when the looked at bytes are UTF-8. */
  readonly firstBadByte: { readonly offset: number; readonly value: number } | null;
  /** Other encodings worth a try, likeliest first. */
  readonly others: readonly string[];
};

/** An opened source; `rows` may be called more than once and reads the file anew each time. */
export type Source = {
  readonly name: string;
  readonly container: Container;
  readonly packing: 'none' | 'gz' | 'zip';
  /** Null for binary containers. */
  readonly encoding: EncodingFacts | null;
  readonly delimiter: string | null;
  readonly hasHeader: boolean | null;
  /** Names of the columns where the container has some. */
  readonly columns: readonly string[] | null;
  /** Sheets or entries a person may choose from instead. */
  readonly parts: readonly string[];
  /** Remarks on the reading, e.g. trailing bytes after a gzip member. */
  readonly notes: readonly string[];
  /** `onBytes` hears how many bytes of the file on disk were read; `signal` ends the reading with its reason. */
  rows(listen?: {
    readonly onBytes?: ((readBytes: number) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  }): SourceBatches;
  /** Drops what was unpacked for the reading. */
  close(): Promise<void>;
};

/** Finds out what a file holds and opens it. Throws AppFailure FILE_UNREADABLE with file, place and what to do. */
export type OpenSource = (
  file: { readonly path: string; readonly name: string },
  choices: ReadChoices,
) => Promise<Source>;
