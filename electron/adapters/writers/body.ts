import type { OutgoingRow } from '../../core/row-files.ts';

/** Turns rows into the bytes of one container. */
export type Body = {
  /** Bytes at the very beginning. */
  begin(): Uint8Array;
  rows(rows: readonly OutgoingRow[]): Uint8Array;
  end(): Uint8Array;
};
