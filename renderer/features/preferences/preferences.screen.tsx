import { Columns2, Plus } from 'lucide-react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { formatCount, formatDate, formatNumber } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useGenerations } from './generation.queries.ts';
import { HalfAskedLines } from './generation-state.tsx';
import { MakingTask } from './making-task.tsx';
import { NoSets } from './no-sets.tsx';
import { ownPairs, SetMarks, unitOf } from './preference-words.tsx';
import { usePreferenceSets, useSetTasks } from './preferences.queries.ts';

function Done({ set }: { set: PreferenceSet }) {
  const [, many] = unitOf(set);
  return (
    <Progress
      label={`${set.name}: judged ${many}`}
      isLabelHidden
      done={set.finished}
      total={ownPairs(set)}
      tone={set.finished >= ownPairs(set) ? 'emerald' : 'accent'}
      className="min-w-32"
    />
  );
}

const columns: readonly TableColumn<PreferenceSet>[] = [
  {
    id: 'name',
    header: 'Name',
    className: 'max-w-72',
    cell: (set) => (
      <Link href={`/preferences/${set.setId}`} tone="quiet" className="block truncate font-medium">
        {set.name}
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: (set) => <SetMarks set={set} /> },
  { id: 'done', header: 'Judged', className: 'w-48', cell: (set) => <Done set={set} /> },
  {
    id: 'figures',
    header: '',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (set) => (
      <>
        {formatNumber(set.finished)}{' '}
        <span className="text-muted">
          of {formatNumber(ownPairs(set))} {unitOf(set)[1]}
        </span>
      </>
    ),
  },
  {
    id: 'flagged',
    header: 'Flagged',
    align: 'end',
    cell: (set) => (set.flagged === 0 ? <span className="text-muted">none</span> : formatNumber(set.flagged)),
  },
  {
    id: 'source',
    header: 'From',
    className: 'max-w-48',
    cell: (set) => (
      <span className="block truncate text-muted" title={set.sourceName}>
        {set.sourceName}
      </span>
    ),
  },
  {
    id: 'at',
    header: 'Made',
    align: 'end',
    className: 'whitespace-nowrap text-muted',
    cell: (set) => formatDate(set.createdAt),
  },
  {
    id: 'judge',
    header: '',
    align: 'end',
    cell: (set) =>
      set.closedAt === null && (
        <Link href={`/preferences/${set.setId}/judge`} aria-label={`Judge ${set.name}`}>
          Judge
        </Link>
      ),
  },
];

function PreferencesPage() {
  const query = usePreferenceSets();
  const making = useSetTasks().filter(({ endedAt }) => endedAt === null);
  const asked = useGenerations().data ?? [];
  const count = query.data?.length ?? 0;
  return (
    <>
      <PageHead
        title="Preferences"
        facts={count > 0 ? formatCount(count, 'set') : undefined}
        actions={
          count > 0 && (
            <ButtonLink href="/preferences/new" variant="primary" icon={<Plus aria-hidden />}>
              New set
            </ButtonLink>
          )
        }
      />
      <PageBody width="full">
        {making.length > 0 && (
          <div className="mb-4 space-y-2">
            {making.map((task) => (
              <MakingTask key={task.id} task={task} />
            ))}
          </div>
        )}
        <HalfAskedLines all={asked} />
        <Loaded query={query}>
          {(sets) =>
            sets.length === 0 ? (
              <NoSets icon={<Columns2 aria-hidden />} />
            ) : (
              <Table
                caption="Preference sets, newest first"
                columns={columns}
                rows={sets}
                rowKey={(set) => set.setId}
              />
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** The list of preference sets, and the way to make one. */
export const preferencesScreen: Screen = {
  path: '/preferences',
  title: 'Preferences',
  component: PreferencesPage,
};
