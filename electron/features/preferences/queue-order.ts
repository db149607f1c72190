import {
  clustersApart,
  firstStandsLeft,
  pairSeed,
  randomOrder,
  withRepeats,
} from '../../../shared/features/preferences/order.rules.ts';
import type { PreferenceSettings } from '../../../shared/features/preferences/preferences.model.ts';

/**
 * Two answers to compare (one to rate), not yet in the queue. `prompt` counts the set's prompts from 0; `mark` is the same
 * for the same pair of the same source, whenever a set is made of it.
 */
export type UnplacedPair = {
  readonly promptId: number;
  readonly prompt: number;
  readonly mark: string;
  readonly a: number;
  readonly b: number | null;
};
/** A pair at its place; `repeats` is the place (from 0) of the pair that it repeats with swapped sides. */
export type PlacedPair = UnplacedPair & { readonly repeats: number | null };

/** Other pairs between a pair and its repeat, so that nobody remembers the first; fewer in a short queue. */
const repeatGap = 20;

/**
 * Puts new pairs in the order of a queue, draws which answer stands first and adds the repeats, all from the seed. What
 * would need verdicts (uncertainty, disagreement) begins in the seeded order.
 */
export function placePairs(
  pairs: readonly UnplacedPair[],
  clusters: Uint32Array,
  settings: PreferenceSettings,
): { pairs: PlacedPair[]; repeats: number } {
  const { seed, repeatShare } = settings;
  const clusterOf = Int32Array.from(pairs, ({ prompt }) => clusters[prompt] ?? prompt);
  const order =
    settings.order === 'cluster' ? clustersApart(clusterOf, seed).order : randomOrder(pairs.length, seed);
  const gap = Math.min(repeatGap, Math.floor(pairs.length / 3));
  const queue = withRepeats(order, { share: repeatShare, gap, seed, clusters: clusterOf });
  const firstPlaces = new Map<number, number>();
  const placed = Array.from(queue.pairs, (index, place): PlacedPair => {
    const pair = pairs[index];
    if (!pair) throw new Error(`the queue names pair ${index}, of which there are ${pairs.length}`);
    const isRepeat = queue.isRepeat[place] === 1;
    const repeats = isRepeat ? (firstPlaces.get(index) ?? null) : null;
    if (!isRepeat) firstPlaces.set(index, place);
    const sides = pairSeed(seed, pair.mark);
    const isAsMade = pair.b === null || firstStandsLeft(sides, isRepeat);
    return { ...pair, a: isAsMade ? pair.a : (pair.b ?? pair.a), b: isAsMade ? pair.b : pair.a, repeats };
  });
  return { pairs: placed, repeats: queue.repeats };
}
