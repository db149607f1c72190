/** Keychains can hang on a prompt that nobody sees; no call may hold the program longer than this. */
export const secretTimeLimitMs = 5000;

/** Rejects when `work` takes longer than `limitMs`; the late result is dropped. */
export async function withinTimeLimit<T>(work: Promise<T>, what: string, limitMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const seconds = limitMs / 1000;
  const timer = setTimeout(() => reject(new Error(`${what} did not answer within ${seconds} s`)), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
