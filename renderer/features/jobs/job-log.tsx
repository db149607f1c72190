import type { JobEvent } from '../../../shared/features/jobs/jobs.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatTime } from '../../ui/format.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';

const shown = 500;

/** What happened, newest first: the provider's events and our own notes, marked as such. */
export function JobLog({ events }: { events: readonly JobEvent[] }) {
  const newest = events.slice(-shown).toReversed();
  if (newest.length === 0) return <p className="text-sm text-muted">Nothing has happened yet.</p>;
  return (
    <ScrollArea label="Log" className="max-h-72">
      <ol className="text-sm">
        {newest.map((event) => (
          <li key={event.seq} className="flex gap-3 border-b border-line py-1 last:border-0">
            <time
              dateTime={new Date(event.at).toISOString()}
              className="w-20 shrink-0 text-xs leading-5 text-muted tabular-nums"
            >
              {formatTime(event.at)}
            </time>
            {event.level !== 'info' && (
              <ToneIcon
                tone={event.level === 'error' ? 'ruby' : 'amber'}
                label={event.level === 'error' ? 'Error' : 'Warning'}
                className="mt-0.5"
              />
            )}
            <span className={cx('min-w-0 break-words', event.isOurs && 'text-muted')}>
              {event.message}
              {event.isOurs && <span className="sr-only"> (noted by Lapidary)</span>}
            </span>
          </li>
        ))}
      </ol>
      {events.length > shown && (
        <p className="pt-1 text-xs text-muted">
          The newest {shown} of {events.length} lines.
        </p>
      )}
    </ScrollArea>
  );
}
