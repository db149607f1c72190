/** Which part of a file is read next, shared by the reading threads and the writing one; see {@link createPartTurns}. */
export type PartTurns = {
  readonly shared: SharedArrayBuffer;
  readonly partBytes: number;
  readonly firstPart: number;
  readonly endPart: number;
  /** How many parts may be read and not yet taken by the writer: bounds the memory. */
  readonly ahead: number;
};

const [nextPart, takenParts, stop] = [0, 1, 2];
const waitMs = 100;

/** Makes the shared state for the parts from `firstPart` up to `endPart`. */
export function newPartTurns(plan: Omit<PartTurns, 'shared'>): PartTurns {
  const shared = new SharedArrayBuffer(12);
  const state = new Int32Array(shared);
  state[nextPart] = plan.firstPart;
  state[takenParts] = plan.firstPart;
  return { ...plan, shared };
}

/** A thread's side of the turns. */
export function createPartTurns(turns: PartTurns) {
  const state = new Int32Array(turns.shared);
  return {
    /** The next part for this thread, once there is room for it; null when none is left or the import stops. Blocks. */
    next(isCancelled: () => boolean): number | null {
      const index = Atomics.add(state, nextPart, 1);
      if (index >= turns.endPart) return null;
      for (;;) {
        if (Atomics.load(state, stop) === 1 || isCancelled()) return null;
        const taken = Atomics.load(state, takenParts);
        if (index - taken < turns.ahead) return index;
        Atomics.wait(state, takenParts, taken, waitMs);
      }
    },
    /** Says that one more part was taken over by the writer. */
    take(): void {
      Atomics.add(state, takenParts, 1);
      Atomics.notify(state, takenParts);
    },
    /** Lets every thread end. */
    stop(): void {
      Atomics.store(state, stop, 1);
      Atomics.notify(state, takenParts);
    },
  };
}
