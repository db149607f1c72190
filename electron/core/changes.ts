/** Tells every listener which feature's data changed. */
export type Changes = {
  emit(feature: string): void;
  /** Yields each change until `signal` fires; a slow reader gets each feature once, not once per change. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<{ feature: string }, void, void>;
};

/** Creates an in-process change bus without memory growth: pending changes are a set of feature names. */
export function createChanges(): Changes {
  const readers = new Set<(feature: string) => void>();
  return {
    emit(feature) {
      for (const reader of readers) reader(feature);
    },
    watch(signal) {
      const pending = new Set<string>();
      let wake: () => void = () => {};
      const reader = (feature: string): void => {
        pending.add(feature);
        wake();
      };
      const stop = (): void => {
        readers.delete(reader);
        wake();
      };
      // Listening begins with the call and not with the first read, so that no change between the two is lost.
      readers.add(reader);
      signal?.addEventListener('abort', stop, { once: true });
      async function* changes(): AsyncGenerator<{ feature: string }, void, void> {
        try {
          while (!signal?.aborted) {
            for (const feature of pending) {
              pending.delete(feature);
              yield { feature };
            }
            if (pending.size === 0 && !signal?.aborted) {
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
            }
          }
        } finally {
          readers.delete(reader);
          signal?.removeEventListener('abort', stop);
        }
      }
      return changes();
    },
  };
}
