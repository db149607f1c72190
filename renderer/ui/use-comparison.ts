import { useEffect, useMemo, useState } from 'react';
import { type Compared, compareTexts } from './word-compare.ts';

/** Texts of together this many characters are compared where they are shown; longer ones beside, in a worker. */
const longTexts = 6000;
const shortPatienceMs = 40;
/** A worker that has not answered by then is stopped, in milliseconds. */
const workerPatienceMs = 5000;

/** Two texts compared; null while a worker is at it. */
export function useComparison(before: string, after: string): Compared | null {
  const isLong = before.length + after.length > longTexts;
  const inPlace = useMemo(
    () => (isLong ? null : compareTexts(before, after, shortPatienceMs)),
    [isLong, before, after],
  );
  const [compared, setCompared] = useState<{ before: string; after: string; result: Compared } | null>(null);
  useEffect(() => {
    if (!isLong) return undefined;
    const worker = new Worker(new URL('./word-diff.worker.ts', import.meta.url), { type: 'module' });
    const finish = (result: Compared): void => {
      clearTimeout(timer);
      worker.terminate();
      setCompared({ before, after, result });
    };
    // Nothing is waited for: without time, the texts stand one after the other.
    const giveUp = (): void => finish(compareTexts(before, after, -1));
    const timer = setTimeout(giveUp, workerPatienceMs);
    worker.addEventListener('message', ({ data }: MessageEvent<Compared>) => finish(data));
    worker.addEventListener('error', giveUp);
    worker.postMessage({ before, after });
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [isLong, before, after]);
  if (inPlace) return inPlace;
  return compared?.before === before && compared.after === after ? compared.result : null;
}
