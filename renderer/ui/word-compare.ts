import { diffLines, diffWords } from 'diff';

/** A part of two texts laid over each other. */
export type ComparedPiece = { key: string; text: string; kind: 'same' | 'added' | 'removed' };

/** Two texts compared; `by` says how finely it could be done in time. */
export type Compared = { by: 'words' | 'lines' | 'whole'; pieces: ComparedPiece[] };

type Change = { value: string; added?: boolean; removed?: boolean };

const piecesOf = (changes: readonly Change[]): ComparedPiece[] =>
  changes.map((change, place) => ({
    key: `${place}`,
    text: change.value,
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
  }));

/**
 * What must change in `before` to get `after`: by words as people see them in any script, by lines when words take longer
 * than `patienceMs`, and as a whole when lines do too. The pieces that are not added are `before`, those not removed `after`.
 */
export function compareTexts(before: string, after: string, patienceMs: number): Compared {
  const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const words = diffWords(before, after, { intlSegmenter, timeout: patienceMs });
  if (words) return { by: 'words', pieces: piecesOf(words) };
  const lines = diffLines(before, after, { timeout: patienceMs });
  if (lines) return { by: 'lines', pieces: piecesOf(lines) };
  return {
    by: 'whole',
    pieces: piecesOf([
      { value: before, removed: true },
      { value: after, added: true },
    ]),
  };
}
