/** What is known of the answer of a row: the number of its label (0 is none) and its text. */
export type AnswerOf = (row: number) => { label: number; text: string };

/** Answers with fewer shared words say something else. */
export const differentAnswers = 0.3;

/**
 * Of rows with nearly one prompt, those that answer differently from the first: another label, or, without labels, a text
 * that shares few words with it. Empty when all agree.
 */
export function contradictingRows(
  rows: readonly number[],
  answerOf: AnswerOf,
  wordsShared: (one: string, other: string) => number,
): number[] {
  const [first = 0, ...others] = rows;
  const held = answerOf(first);
  const differing = others.filter((row) => {
    const answer = answerOf(row);
    if (held.label > 0 && answer.label > 0) return held.label !== answer.label;
    if (held.text.trim() === '' || answer.text.trim() === '') return false;
    return wordsShared(held.text, answer.text) < differentAnswers;
  });
  return differing.length === 0 ? [] : [first, ...differing];
}
