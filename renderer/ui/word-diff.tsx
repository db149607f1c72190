import { cx } from './class-names.ts';
import { useComparison } from './use-comparison.ts';

/** What must change in `before` to get `after`, by words: `+` underlined, `−` struck through, never colour alone. */
export function WordDiff(props: { before: string; after: string; label: string; className?: string }) {
  const compared = useComparison(props.before, props.after);
  if (props.before === props.after) {
    return <p className={cx('text-sm text-muted', props.className)}>No difference.</p>;
  }
  if (!compared) {
    return (
      <p role="status" className={cx('text-sm text-muted', props.className)}>
        Comparing…
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; this groups one text.
    <div
      role="group"
      aria-label={props.label}
      dir="auto"
      className={cx('text-base break-words whitespace-pre-wrap', props.className)}
    >
      {compared.by !== 'words' && (
        <p className="mb-2 text-xs text-muted">Too much differs to be compared by words in time.</p>
      )}
      {compared.pieces.map((piece) => {
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
