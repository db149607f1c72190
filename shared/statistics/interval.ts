/** Two-sided error of every interval and test. */
export const significance = 0.05;

/** A value with the ends of its 95 % interval. */
export type Interval = { estimate: number; low: number; high: number };
