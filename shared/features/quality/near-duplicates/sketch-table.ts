import type { SketchPlan } from './sketch.ts';

const chunkBits = 14;
const rowsPerChunk = 1 << chunkBits;
const none = new Uint32Array(0);

/** Sketches of many rows in chunks of equal length, so that growing never copies (about 150 bytes a row). */
export function createSketchTable(plan: SketchPlan) {
  const chunks: Uint32Array[] = [];
  let rows = 0;
  return {
    get rows(): number {
      return rows;
    },
    /** Room for the next row: where its sketch is to be written. */
    next(): { chunk: Uint32Array; at: number } {
      const place = rows % rowsPerChunk;
      if (place === 0) chunks.push(new Uint32Array(rowsPerChunk * plan.words));
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
