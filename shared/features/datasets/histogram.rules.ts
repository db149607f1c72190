/** A bar: how many values lie between `min` and `max`, both included. */
export type HistogramBar = { min: number; max: number; count: number };

/**
 * At most `bars` bars of equal width over integer values. The last bar also takes the highest hundredth, so that a few
 * giants do not squeeze all others into one bar.
 */
export function histogram(values: readonly number[], bars: number): HistogramBar[] {
  if (values.length === 0) return [];
  const sorted = Float64Array.from(values).sort();
  const lowest = sorted[0] ?? 0;
  const highest = sorted[sorted.length - 1] ?? 0;
  const usual = sorted[Math.floor((sorted.length - 1) * 0.99)] ?? highest;
  const width = Math.max(1, Math.ceil((usual - lowest + 1) / bars));
  const count = Math.min(bars, Math.floor((highest - lowest) / width) + 1);
  const result = Array.from({ length: count }, (_, index) => ({
    min: lowest + index * width,
    max:
      index === count - 1
        ? Math.max(highest, lowest + (index + 1) * width - 1)
        : lowest + (index + 1) * width - 1,
    count: 0,
  }));
  for (const value of sorted) {
    const bar = result[Math.min(count - 1, Math.floor((value - lowest) / width))];
    if (bar) bar.count += 1;
  }
  return result;
}
