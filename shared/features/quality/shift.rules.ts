/** How far two samples of one facet are apart, and whether chance alone would explain it. */
export type Shift = {
  /** Population stability index: 0 alike, 0.1 a moderate, 0.25 a large shift (the usual reading). */
  readonly psi: number;
  /** What chance alone exceeds in 5 of 100 cases at these sample sizes. */
  readonly chance: number;
  readonly verdict: 'alike' | 'moderate' | 'large' | 'too_few';
};

const fewExamples = 30;

/** PSI of counts by category (same order on both sides); every count gets one half more, so that none is zero. */
export function shiftBetween(one: readonly number[], other: readonly number[]): Shift {
  const [n, m] = [sum(one), sum(other)];
  const used = one.map((_, at) => at).filter((at) => (one[at] ?? 0) + (other[at] ?? 0) > 0);
  const [a, b] = [n + used.length / 2, m + used.length / 2];
  const psi = used.reduce((total, at) => {
    const [p, q] = [((one[at] ?? 0) + 0.5) / a, ((other[at] ?? 0) + 0.5) / b];
    return total + (p - q) * Math.log(p / q);
  }, 0);
  const freedom = Math.max(used.length - 1, 1);
  // Under equal distributions PSI / (1/n + 1/m) is about χ² with k − 1 degrees of freedom (Yurdakul and Naranjo 2020).
  const chance = n === 0 || m === 0 ? 0 : chiSquare95(freedom) * (1 / n + 1 / m);
  if (Math.min(n, m) < fewExamples) return { psi, chance, verdict: 'too_few' };
  const isChance = psi <= chance;
  return { psi, chance, verdict: isChance || psi < 0.1 ? 'alike' : psi < 0.25 ? 'moderate' : 'large' };
}

/** The 95 % point of χ², by Wilson and Hilferty. */
function chiSquare95(freedom: number): number {
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + 1.644_854 * Math.sqrt(part)) ** 3;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
