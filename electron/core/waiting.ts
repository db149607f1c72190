import { setTimeout as delay } from 'node:timers/promises';

/** Waits so many milliseconds; rejects when the signal fires. A port, so that tests need no clock of the world. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits on the real clock without keeping the program alive. */
export const realWait: Wait = async (ms, signal) => {
  // Longer than a 32-bit timer can; the caller looks again afterwards.
  await delay(Math.min(ms, 2_000_000_000), undefined, { signal, ref: false });
};

const firstBackOffMs = 10_000;
const longestBackOffMs = 300_000;

/** How long to leave a provider alone after so many failures: 10 s, 20 s, … 5 min, a quarter of it by chance. */
export function backOffMs(failures: number): number {
  const full = Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.75 + Math.random() * 0.25));
}
