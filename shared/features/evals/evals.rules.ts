import type { Sample } from './sample.rules.ts';

/** Seed of every evaluation unless the user gives one: results stay comparable from one run to the next. */
export const defaultSeed = 42;

const shortestAnswer = 256;
const longestAnswer = 4096;

/**
 * How many tokens an answer may take: the characters of the longest expected answer (a token is hardly ever less
 * than one character), between 256 and 4,096.
 */
export function answerLimit(expected: readonly Sample[]): number {
  const lengths = expected.map(
    (sample) =>
      sample.text.length + sample.tools.reduce((sum, call) => sum + call.function.arguments.length, 0),
  );
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return Math.min(longestAnswer, Math.max(shortestAnswer, longest));
}

/** What a person typed as an FTS5 query: every word must occur, the last one may be a beginning. Empty when no word is left. */
export function searchQuery(typed: string): string {
  const words = typed.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
  return words.map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`).join(' ');
}
