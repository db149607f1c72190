import { Fragment, useMemo, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { type HiddenCharacter, hiddenParts } from './hidden-characters.ts';

function HiddenBadge({ hidden }: { hidden: HiddenCharacter }) {
  return (
    <span
      role="img"
      aria-label={`hidden character: ${hidden.name}, ${hidden.code}`}
      title={`${hidden.name} (${hidden.code})`}
      className="mx-px inline-block rounded-sm border border-amber-line bg-amber-soft px-1 align-baseline font-mono text-[10px] leading-4 text-amber"
    >
      {hidden.short}
    </span>
  );
}

/** Text in a line, every hidden or direction-changing character as a badge. */
export function TextPieces({ text }: { text: string }) {
  const parts = hiddenParts(text);
  return parts.map((part) =>
    part.kind === 'hidden' ? <HiddenBadge key={part.start} hidden={part.hidden} /> : part.text,
  );
}

/**
 * Text from data, shown as text and nothing else: never Markdown or HTML, every hidden or direction-changing character
 * as a badge, its own direction, and only its first `limit` characters until asked for more.
 */
export function TextWithBadges(props: {
  text: string;
  /** A part to mark, in UTF-16 offsets. */
  mark?: { start: number; end: number } | undefined;
  limit?: number | undefined;
  isMono?: boolean | undefined;
  className?: string | undefined;
}) {
  const { text, limit = 20_000 } = props;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole || text.length <= limit ? text : text.slice(0, limit);
  const parts = useMemo(() => hiddenParts(shown, props.mark), [shown, props.mark]);
  return (
    <div
      dir="auto"
      className={cx(
        'max-w-full text-base break-words whitespace-pre-wrap [unicode-bidi:plaintext]',
        props.isMono && 'font-mono text-xs leading-5',
        props.className,
      )}
    >
      {parts.map((part) => (
        <Fragment key={part.start}>
          {part.kind === 'hidden' && <HiddenBadge hidden={part.hidden} />}
          {part.kind === 'text' && part.isMarked && (
            <mark className="rounded-sm bg-amber-soft text-inherit underline decoration-amber decoration-2 underline-offset-2">
              {part.text}
            </mark>
          )}
          {part.kind === 'text' && !part.isMarked && part.text}
        </Fragment>
      ))}
      {shown.length < text.length && (
        <div className="pt-2">
          <Button size="compact" onPress={() => setWhole(true)}>
            Show all {text.length.toLocaleString()} characters
          </Button>
        </div>
      )}
    </div>
  );
}
