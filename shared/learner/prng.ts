/** A seeded stream of numbers (sfc32): the same on every machine, with a state of four words that can be stored. */
export type Prng = {
  /** An integer 0 ≤ n < 2^32. */
  next(): number;
  /** A number 0 ≤ x < 1 with 32 bits. */
  unit(): number;
  /** An integer 0 ≤ n < bound, without bias worth noting for bounds below 2^24. */
  below(bound: number): number;
  state(): [number, number, number, number];
};

/** Continues a stream from a stored state. */
export function prngFromState(state: readonly [number, number, number, number]): Prng {
  let [a, b, c, d] = state;
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  return {
    next,
    unit: () => next() / 4294967296,
    below: (bound) => Math.floor((next() / 4294967296) * bound),
    state: () => [a, b, c, d],
  };
}

/** A stream for a seed and a purpose; different purposes of one seed do not influence each other. */
export function createPrng(seed: number, purpose: string): Prng {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < purpose.length; i += 1) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  const prng = prngFromState([hash, Math.imul(seed, 0x9e3779b1) | 0, Math.floor(seed / 4294967296) | 0, 1]);
  for (let i = 0; i < 16; i += 1) prng.next();
  return prng;
}

/** The numbers 0 … count − 1 in an order drawn from `prng` (Fisher and Yates). */
export function shuffledIndexes(count: number, prng: Prng): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = prng.below(i + 1);
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
