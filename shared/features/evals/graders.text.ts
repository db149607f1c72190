import { distance } from 'fuzzball';
import { l as rougeLScore } from 'js-rouge';

/** Insertions and deletions only (a substitution costs both), by code point, nothing cleaned; `subcost` is not typed. */
const indel = { full_process: false, subcost: 2, astral: true, normalize: false };

/**
 * `fuzzy_match`: RapidFuzz's `ratio` as a share, 1 - insertions and deletions / (both lengths), over code points,
 * without cleaning either text. Two empty texts are equal.
 */
export function fuzzyMatch(one: string, other: string): number {
  const length = codePoints(one) + codePoints(other);
  if (length === 0) return 1;
  // fuzzball's ratio rounds, and its distance is 0 when one side is empty.
  if (one === '' || other === '') return 0;
  return 1 - distance(one, other, indel) / length;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{N}\p{M}]+/gu;

/**
 * Tokens of ROUGE: runs of letters and digits in lower case, as rouge-score 0.1.2 makes them without a stemmer;
 * beyond ASCII, where that drops everything, letters of all scripts count, one by one where words have no spaces.
 */
export function rougeTokens(text: string): string[] {
  return text.toLowerCase().match(token) ?? [];
}

/** `rouge_l`: F1 of the longest common subsequence of tokens. */
export function rougeL(candidate: string, reference: string): number {
  const candidateTokens = rougeTokens(candidate);
  const referenceTokens = rougeTokens(reference);
  if (candidateTokens.length === 0 || referenceTokens.length === 0) {
    return candidateTokens.length === referenceTokens.length ? 1 : 0;
  }
  return rougeLScore(candidate, reference, { segmenter: (text) => [text], tokenizer: rougeTokens });
}
