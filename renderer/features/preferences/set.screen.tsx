import { Play } from 'lucide-react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatCount } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { type TabEntry, Tabs } from '../../ui/tabs.tsx';
import { useGenerationOfSet } from './generation.queries.ts';
import { HalfAsked } from './generation-state.tsx';
import { MakingTask } from './making-task.tsx';
import { ownPairs, SetMarks, unitOf } from './preference-words.tsx';
import { usePreferenceSet, useSetTasks } from './preferences.queries.ts';
import { QuarantineTab } from './quarantine-tab.tsx';
import { queueState } from './queue-state.ts';
import { QueueTab } from './queue-tab.tsx';
import { SetActions } from './set-actions.tsx';

/** Tabs of a set that other parts bring; a hook, so that they can count. The same tabs in every call. */
export type UsePreferenceTabs = (set: PreferenceSet) => readonly TabEntry[];

const crumbs = [{ label: 'Preferences', href: '/preferences' }];

function factsOf(set: PreferenceSet): string {
  const [one, many] = unitOf(set);
  const parts = [
    `${set.finished.toLocaleString()} of ${formatCount(ownPairs(set), one, many)} judged`,
    formatCount(set.verdicts, 'verdict'),
  ];
  if (set.repeats > 0) parts.push(formatCount(set.repeats, 'repeat'));
  if (set.flagged > 0) parts.push(`${set.flagged.toLocaleString()} flagged`);
  return `${parts.join(' · ')} · from ${set.sourceName}`;
}

function SetBody({ set, useTabs }: { set: PreferenceSet; useTabs: UsePreferenceTabs }) {
  const [state, change] = useSearchState(queueState);
  const tabs: TabEntry[] = [
    {
      id: 'queue',
      label: 'Queue',
      count: set.pairs,
      content: <QueueTab set={set} state={state} onChange={change} />,
    },
    ...useTabs(set),
  ];
  if (set.quarantined > 0) {
    tabs.push({
      id: 'quarantine',
      label: 'Quarantine',
      count: set.quarantined,
      content: <QuarantineTab setId={set.setId} />,
    });
  }
  const selected = tabs.some(({ id }) => id === state.tab) ? state.tab : 'queue';
  return (
    <>
      <PageHead
        title={set.name}
        crumbs={crumbs}
        marks={<SetMarks set={set} />}
        facts={factsOf(set)}
        actions={
          <>
            <SetActions set={set} />
            {set.closedAt === null && (
              <ButtonLink
                href={`/preferences/${set.setId}/judge`}
                variant="primary"
                icon={<Play aria-hidden />}
              >
                Judge
              </ButtonLink>
            )}
          </>
        }
      />
      <Tabs
        label="Preference set"
        selected={selected}
        onSelect={(tab) => change({ tab })}
        className="flex-1"
        panelClassName="overflow-hidden flex flex-col"
        tabs={tabs}
      />
    </>
  );
}

/** Before its task is done there is no set yet. */
function NotMadeYet(props: { setId: string; error: unknown; onRetry: () => void }) {
  const task = useSetTasks().find(({ subject }) => subject?.id === props.setId);
  const asked = useGenerationOfSet(props.setId, task !== undefined && task.endedAt === null).data;
  if (task && task.endedAt === null) {
    return (
      <>
        <PageHead title={task.title} crumbs={crumbs} />
        <div className="mx-auto w-full max-w-2xl px-6 py-12">
          <MakingTask task={task} />
          <p className="mt-3 text-sm text-muted">
            {task.unit === 'answers'
              ? 'You can go on with other work. Every answer is kept as it comes; the set is made at the end.'
              : 'You can go on with other work; all of the set is made, or nothing of it.'}
          </p>
        </div>
      </>
    );
  }
  if (asked && (asked.state === 'stopped' || asked.state === 'cancelled')) {
    return (
      <>
        <PageHead title={asked.name} crumbs={crumbs} />
        <HalfAsked of={asked} />
      </>
    );
  }
  const error = task?.failure
    ? { code: task.failure.code, message: task.failure.what, data: { ...task.failure, retry: 'never' } }
    : props.error;
  return (
    <>
      <PageHead title="Preference set" crumbs={crumbs} />
      <ErrorState
        error={error}
        onRetry={props.onRetry}
        action={<ButtonLink href="/preferences">Go to the sets</ButtonLink>}
      />
    </>
  );
}

function SetPage({ useTabs }: { useTabs: UsePreferenceTabs }) {
  const setId = useParam('setId');
  const query = usePreferenceSet(setId);
  if (query.data) return <SetBody key={setId} set={query.data} useTabs={useTabs} />;
  if (query.error && describeFailure(query.error).code === 'PREFERENCES_NOT_FOUND') {
    return <NotMadeYet setId={setId} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Loaded query={query}>{() => null}</Loaded>;
}

/** One preference set: its queue, how far it is, what was set aside; with the tabs of other parts. */
export function createSetScreen(useTabs: UsePreferenceTabs): Screen {
  return {
    path: '/preferences/$setId',
    title: 'Preference set',
    component: () => <SetPage useTabs={useTabs} />,
  };
}
