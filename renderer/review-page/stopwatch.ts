/** Counts how long something has been looked at: a page in the background does not count. */
export function createStopwatch(): { restart(): void; elapsedMs(): number } {
  let counted = 0;
  let since = performance.now();
  document.addEventListener('visibilitychange', () => {
    const now = performance.now();
    if (document.hidden) counted += now - since;
    since = now;
  });
  return {
    restart() {
      counted = 0;
      since = performance.now();
    },
    elapsedMs: () => counted + (document.hidden ? 0 : performance.now() - since),
  };
}
