import type { Wait } from '../../core/waiting.ts';

/** Wakes one waiting job early; a ring before anybody waits is not lost. */
export type Bell = {
  ring(): void;
  /** Resolves after `ms` (never by itself when null) or when rung; rejects when `signal` fires. */
  wait(ms: number | null, signal: AbortSignal): Promise<void>;
};

/** Creates a bell that measures time with `wait`. */
export function createBell(wait: Wait): Bell {
  let isRung = false;
  let wake: () => void = () => {};
  return {
    ring() {
      isRung = true;
      wake();
    },
    async wait(ms, signal) {
      signal.throwIfAborted();
      if (!isRung) {
        const rung = new AbortController();
        const either = AbortSignal.any([signal, rung.signal]);
        wake = () => rung.abort();
        const timer = ms === null ? untilAborted(either) : wait(ms, either);
        await timer.catch(() => {});
        wake = () => {};
      }
      isRung = false;
      signal.throwIfAborted();
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
