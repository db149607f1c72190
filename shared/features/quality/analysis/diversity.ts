import { createPrng } from '../../../learner/prng.ts';
import type { QualityProfile } from '../quality.model.ts';

const sampledAnswers = 4000;
const sampledCharacters = 2000;

/** Keeps an even, seeded sample of the answers (reservoir), each up to 2,000 characters. */
export function createAnswerSample() {
  const random = createPrng(1, 'answer sample');
  const kept: string[] = [];
  let seen = 0;
  return {
    add(answer: string): void {
      if (answer.trim() === '') return;
      seen += 1;
      const at = kept.length < sampledAnswers ? kept.length : random.below(seen);
      if (at < sampledAnswers) kept[at] = answer.slice(0, sampledCharacters);
    },
    answers: (): readonly string[] => kept,
  };
}

/**
 * How varied answers are: distinct-1 and distinct-2 (different words and word pairs by all of them, Li et al. 2016) and
 * how many times smaller `compressedBytes` says they become. Null without answers.
 */
export function diversityOf(
  answers: readonly string[],
  compressedBytes: (text: string) => { before: number; after: number },
): QualityProfile['diversity'] {
  if (answers.length === 0) return null;
  const single = new Set<string>();
  const pairs = new Set<string>();
  let [words, pairCount] = [0, 0];
  for (const answer of answers) {
    let last: string | null = null;
    for (const [word] of answer.toLowerCase().matchAll(/[\p{L}\p{N}]{1,40}/gu)) {
      words += 1;
      single.add(word);
      if (last !== null) {
        pairCount += 1;
        pairs.add(`${last} ${word}`);
      }
      last = word;
    }
  }
  const { before, after } = compressedBytes(answers.join('\n'));
  return {
    sampled: answers.length,
    distinct1: words === 0 ? 0 : single.size / words,
    distinct2: pairCount === 0 ? 0 : pairs.size / pairCount,
    compressionRatio: after === 0 ? 1 : before / after,
  };
}
