/** Up to this many answers of a prompt, each is compared with each other one. */
const compareAllUpTo = 5;

/**
 * Which answers of a prompt are compared: two places each, from 0. All with all up to five answers; beyond, every answer
 * with its two nearest neighbours on both sides of a ring, so that each is judged four times and all are connected
 * (28 pairs of eight answers would be more than anybody judges).
 */
export function comparisonsOf(answers: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let one = 0; one < answers; one += 1) {
    for (let other = one + 1; other < answers; other += 1) {
      const distance = Math.min(other - one, answers - (other - one));
      if (answers <= compareAllUpTo || distance <= 2) pairs.push([one, other]);
    }
  }
  return pairs;
}
