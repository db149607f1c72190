import type { SketchPlan } from './sketch.ts';

const chunkBits = 14;
const rowsPerChunk = 1 << chunkBits;
const none = new Uint32Array(0);

/** Chunks of a table and how many rows are in them, to be handed to another thread. */
export type SketchChunks = { readonly chunks: readonly Uint32Array[]; readonly rows: number };

/**
 * Sketches of many rows in chunks of equal length, so that growing never copies (about 150 bytes a row). In memory that
 * threads share where asked for, so that handing over copies nothing either; `from` is a table that was handed over.
 */
export function createSketchTable(
  plan: SketchPlan,
  { isShared = false, from = null }: { isShared?: boolean; from?: SketchChunks | null } = {},
) {
  const chunks: Uint32Array[] = from ? [...from.chunks] : [];
  let rows = from?.rows ?? 0;
  const words = rowsPerChunk * plan.words;
  const bytes = words * Uint32Array.BYTES_PER_ELEMENT;
  return {
    handOver: (): SketchChunks => ({ chunks, rows }),
    get rows(): number {
      return rows;
    },
    /** Room for the next row: where its sketch is to be written. */
    next(): { chunk: Uint32Array; at: number } {
      const place = rows % rowsPerChunk;
      if (place === 0)
        chunks.push(isShared ? new Uint32Array(new SharedArrayBuffer(bytes)) : new Uint32Array(words));
      rows += 1;
      return { chunk: chunks.at(-1) ?? none, at: place * plan.words };
    },
    /** Takes over the sketches of many rows that a worker has written one after the other. */
    append(sketches: Uint32Array): void {
      for (let at = 0; at < sketches.length; at += plan.words) {
        const room = this.next();
        room.chunk.set(sketches.subarray(at, at + plan.words), room.at);
      }
    },
    chunkOf(row: number): Uint32Array {
      return chunks[row >>> chunkBits] ?? none;
    },
    at: (row: number): number => (row & (rowsPerChunk - 1)) * plan.words,
  };
}
export type SketchTable = ReturnType<typeof createSketchTable>;
