import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { describeFailure } from './failure.ts';

function place(where: {
  file?: string | undefined;
  line?: number | undefined;
  field?: string | undefined;
}): string {
  return [where.file, where.line === undefined ? '' : `line ${where.line}`, where.field]
    .filter(Boolean)
    .join(', ');
}

/** In the place of what could not be shown: what happened, where, what to do, and a way to try again. */
export function ErrorState(props: {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** Another way out, e.g. a link to a page. */
  action?: ReactNode;
  className?: string | undefined;
}) {
  const failure = describeFailure(props.error);
  return (
    <section role="alert" className={cx('mx-auto flex max-w-lg gap-3 p-8', props.className)}>
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-ruby" />
      <div className="min-w-0 space-y-1">
        <p className="text-base font-medium break-words">{failure.what}</p>
        {failure.where && <p className="font-mono text-xs break-all text-muted">{place(failure.where)}</p>}
        <p className="text-base break-words text-muted">{failure.todo}</p>
        <div className="flex gap-2 pt-2 empty:hidden">
          {props.onRetry && failure.retry !== 'never' && (
            <Button size="compact" icon={<RotateCw aria-hidden />} onPress={props.onRetry}>
              Try again
            </Button>
          )}
          {props.action}
        </div>
      </div>
    </section>
  );
}

/** The same in one line, inside a form, a dialog or a card. */
export function ErrorLine(props: { error: unknown; className?: string | undefined }) {
  const failure = describeFailure(props.error);
  return (
    <p
      role="alert"
      className={cx(
        'flex gap-2 rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm',
        props.className,
      )}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-ruby" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{failure.what}</span> {failure.todo}
      </span>
    </p>
  );
}
