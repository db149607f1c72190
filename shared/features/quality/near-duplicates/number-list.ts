type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const itemsPerChunk = 65_536;

/** A list of numbers in typed chunks: growing never copies, and a number takes its own bytes only. */
export function createNumberList<Chunk extends Numbers>(createChunk: (length: number) => Chunk) {
  const chunks: Chunk[] = [];
  let length = 0;
  return {
    get length(): number {
      return length;
    },
    push(value: number): void {
      const at = length % itemsPerChunk;
      if (at === 0) chunks.push(createChunk(itemsPerChunk));
      const last = chunks.at(-1);
      if (last) last[at] = value;
      length += 1;
    },
    /** The number at an index below `length`. */
    at: (index: number): number => chunks[Math.floor(index / itemsPerChunk)]?.[index % itemsPerChunk] ?? 0,
  };
}
