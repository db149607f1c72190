import { portableExp, portableLog } from './portable-math.ts';

/** Probabilities over scores, and the cross-entropy of the one at `target`. Always finite. */
export function softmax(scores: Float64Array, target: number): { probabilities: Float64Array; loss: number } {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of scores) highest = Math.max(highest, value);
  const probabilities = new Float64Array(scores.length);
  let total = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const weight = portableExp((scores[i] ?? 0) - highest);
    probabilities[i] = weight;
    total += weight;
  }
  for (let i = 0; i < scores.length; i += 1) probabilities[i] = (probabilities[i] ?? 0) / total;
  return { probabilities, loss: portableLog(total) + highest - (scores[target] ?? 0) };
}

/** Place of the highest score; the earliest of equals. */
export function highestAt(scores: Float64Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i += 1) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

/** −log σ(x) and its slope −σ(−x): the loss of a pair that is told apart by x. Always finite. */
export function logisticLoss(x: number): { loss: number; slope: number } {
  // e to the −|x| never overflows; both sides of zero are built from it.
  const tail = portableExp(x < 0 ? x : -x);
  const loss = portableLog(1 + tail) + (x < 0 ? -x : 0);
  return { loss, slope: x < 0 ? -1 / (1 + tail) : -tail / (1 + tail) };
}
