import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { LoggedEvent } from '../../../shared/features/workspaces/workspaces.model.ts';
import { redoLast, undoLast } from '../../history.ts';
import { Badge, ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatDate, formatTime } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Backups } from './backups.tsx';
import { useHistory, useVerifyHistory } from './workspaces.queries.ts';

type Labels = { undoLabel: string | null; redoLabel: string | null };

/** What the next undo and redo would do, in words. */
function factsOf(labels: Labels | undefined): string | undefined {
  if (labels?.undoLabel) return `Undo takes back: ${labels.undoLabel}`;
  return labels?.redoLabel ? `Redo makes again: ${labels.redoLabel}` : undefined;
}

/** One change: when, what, by which feature, and whether it can be taken back. */
function EventRow({ event }: { event: LoggedEvent }) {
  const isUndone = event.state === 'undone';
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto_6rem] items-baseline gap-3 border-b border-line py-2 text-sm last:border-0">
      <time dateTime={new Date(event.at).toISOString()} className="text-xs text-muted tabular-nums">
        {formatTime(event.at)}
      </time>
      <span className={`min-w-0 break-words ${isUndone ? 'text-muted line-through' : ''}`}>
        {event.label}
      </span>
      <span className="text-xs text-muted">
        {isUndone ? <Badge tone="amber">undone</Badge> : event.feature}
      </span>
      <span
        className="truncate text-right font-mono text-xs text-muted"
        title={`SHA-256 of this entry and all before it: ${event.hash}`}
      >
        {event.hash.slice(0, 8)}
      </span>
    </li>
  );
}

/** Checks the chain and says in words what that proved. */
function Verify() {
  const verify = useVerifyHistory();
  const { data } = verify;
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line px-6 py-2.5 text-sm">
      <Button size="compact" onPress={() => verify.mutate()} isPending={verify.isPending}>
        Verify now
      </Button>
      <span role="status" className="flex min-w-0 items-center gap-2 text-muted">
        {!data &&
          !verify.error &&
          'Every entry holds the hash of the one before it, so that nothing can be altered unseen.'}
        {data?.isIntact && (
          <>
            <ToneIcon tone="emerald" />
            {formatCount(data.events, 'entry', 'entries')} checked: none altered, none missing.
          </>
        )}
        {data && !data.isIntact && (
          <>
            <ToneIcon tone="ruby" />
            Entry {data.brokenAtSeq} does not fit the one before it: the history was altered outside of
            Lapidary. Compare with a backup.
          </>
        )}
      </span>
      {verify.error && <ErrorLine error={verify.error} />}
    </div>
  );
}

function Events() {
  const [pages, setPages] = useState(1);
  const query = useHistory(pages);
  return (
    <Loaded query={query}>
      {({ events }) => {
        if (events.length === 0)
          return (
            <EmptyState title="Nothing was changed yet">
              Imports, edits, splits and deletions appear here, each with the way back.
            </EmptyState>
          );
        const days = [...Map.groupBy(events, (event) => formatDate(event.at))];
        const hasMore = events.length >= pages * 50 && events.length < 200;
        return (
          <>
            <Verify />
            <div className="w-full max-w-5xl space-y-6 px-6 py-5">
              {days.map(([day, ofDay]) => (
                <section key={day} aria-label={day}>
                  <h2 className="mb-1 text-xs font-medium text-muted">{day}</h2>
                  <ul>
                    {ofDay.map((event) => (
                      <EventRow key={event.seq} event={event} />
                    ))}
                  </ul>
                </section>
              ))}
              {hasMore && <Button onPress={() => setPages(pages + 1)}>Show older changes</Button>}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

function UndoRedo({ labels }: { labels: Labels | undefined }) {
  return (
    <>
      <Button
        icon={<Undo2 aria-hidden />}
        isDisabled={!labels?.undoLabel}
        onPress={() => void undoLast()}
        keys="$mod+z"
      >
        Undo
      </Button>
      <Button
        icon={<Redo2 aria-hidden />}
        isDisabled={!labels?.redoLabel}
        onPress={() => void redoLast()}
        keys="$mod+Shift+z"
      >
        Redo
      </Button>
    </>
  );
}

const searchState = z.object({ tab: z.enum(['changes', 'backups']).default('changes') });

function History() {
  const [state, change] = useSearchState(searchState);
  const labels = useHistory(1).data;
  return (
    <>
      <PageHead
        title="History"
        crumbs={[{ label: 'Governance', href: '/governance' }]}
        facts={factsOf(labels)}
        actions={<UndoRedo labels={labels} />}
      />
      <Tabs
        label="History"
        selected={state.tab}
        onSelect={(tab) => change({ tab: tab === 'backups' ? 'backups' : 'changes' })}
        className="flex-1 pt-1"
        tabs={[
          { id: 'changes', label: 'Changes', content: <Events /> },
          { id: 'backups', label: 'Backups', content: <Backups /> },
        ]}
      />
    </>
  );
}

/** Every change of the workspace with the way back, and its backups. */
export const historyScreen: Screen = { path: '/history', title: 'History', component: History };
