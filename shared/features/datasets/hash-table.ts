/**
 * Finds hashes of 8 bytes again in 8 bytes of memory a slot and without objects: for as many as a data set has examples.
 * Slots count from 0; what belongs to a hash is kept by its caller under that number.
 */
export type HashTable = {
  /** Slots there are. */
  readonly slots: number;
  /** The slot of a hash (its first 8 bytes); `isNew` tells whether it was free until now. */
  slotOf(hash: Uint8Array): number;
  /** Whether the last call of slotOf found a free slot. */
  isNew(): boolean;
};

/** Makes a table for at most `count` different hashes. */
export function createHashTable(count: number): HashTable {
  let slots = 1024;
  while (slots < count * 1.6) slots *= 2;
  const low = new Uint32Array(slots);
  const high = new Uint32Array(slots);
  const mask = slots - 1;
  let wasNew = false;
  return {
    slots,
    slotOf(hash) {
      const a = word(hash, 0);
      // Two zeros mean a free slot.
      const b = word(hash, 4) || 1;
      let slot = (a ^ Math.imul(b, 0x9e3779b1)) & mask;
      while (low[slot] !== 0 || high[slot] !== 0) {
        if (low[slot] === a && high[slot] === b) {
          wasNew = false;
          return slot;
        }
        slot = (slot + 1) & mask;
      }
      low[slot] = a;
      high[slot] = b;
      wasNew = true;
      return slot;
    },
    isNew: () => wasNew,
  };
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}
