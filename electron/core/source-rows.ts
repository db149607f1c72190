import type { JsonObject } from '../../shared/features/datasets/read-line.ts';

/** A row of any container (a line, a table's row, an entry of a list). `number` is 1-based: the line where there is one. */
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
