import { diffLines, diffWords } from 'diff';
import { useMemo } from 'react';
import { cx } from './class-names.ts';

type Piece = { key: string; text: string; kind: 'same' | 'added' | 'removed' };

/** Longest time a comparison by words may take before it falls back to lines, in milliseconds. */
const patienceMs = 120;

function compare(before: string, after: string): Piece[] {
  const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const changes = diffWords(before, after, { intlSegmenter, timeout: patienceMs }) ??
    diffLines(before, after, { timeout: patienceMs }) ?? [
      { value: before, removed: true, added: false },
      { value: after, removed: false, added: true },
    ];
  return changes.map((change, place) => ({
    key: `${place}`,
    text: change.value,
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
  }));
}

/** What must change in `before` to get `after`, by words: `+` underlined, `−` struck through, never colour alone. */
export function WordDiff(props: { before: string; after: string; label: string; className?: string }) {
  const pieces = useMemo(() => compare(props.before, props.after), [props.before, props.after]);
  if (props.before === props.after) {
    return <p className={cx('text-sm text-muted', props.className)}>No difference.</p>;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; this groups one text.
    <div
      role="group"
      aria-label={props.label}
      dir="auto"
      className={cx('text-base break-words whitespace-pre-wrap', props.className)}
    >
      {pieces.map((piece) => {
        if (piece.kind === 'same') return <span key={piece.key}>{piece.text}</span>;
        const isAdded = piece.kind === 'added';
        const Mark = isAdded ? 'ins' : 'del';
        return (
          <Mark
            key={piece.key}
            className={cx(
              'rounded-sm px-0.5',
              isAdded
                ? 'bg-emerald-soft text-emerald underline decoration-1 underline-offset-3'
                : 'bg-ruby-soft text-ruby line-through decoration-1',
            )}
          >
            <span aria-hidden className="font-mono text-xs select-none">
              {isAdded ? '+' : '−'}
            </span>
            {piece.text}
          </Mark>
        );
      })}
    </div>
  );
}
