import type { JsonObject } from '../../shared/features/datasets/read-line.ts';
import type { RowContainer } from '../../shared/features/formats/targets.model.ts';

/** A row on its way into a file: as a value, or as the bytes of its line of JSON where these may be kept. */
export type OutgoingRow =
  | { readonly value: JsonObject; readonly bytes: null }
  | { readonly value: null; readonly bytes: Uint8Array };

/** A file of rows being written, whole or not at all: nothing is seen at its place before `commit`. */
export type RowFile = {
  write(rows: readonly OutgoingRow[]): Promise<void>;
  /** Makes the file durable and puts it in its place. */
  commit(): Promise<{ sha256: string; sizeBytes: number }>;
  /** Leaves nothing behind. May follow anything, and be called twice. */
  abandon(): Promise<void>;
};

/** Opens a file for rows beside its place, with a byte order mark where wanted. Throws what the file system throws. */
export type OpenRowFile = (path: string, container: RowContainer, hasMark?: boolean) => Promise<RowFile>;
