import { Dumbbell, Plus } from 'lucide-react';
import type { Job } from '../../../shared/features/jobs/jobs.model.ts';
import { Badge, PracticeBadge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDuration, formatMoment } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { costWords, shortMethodWords, progressWords, statusOf } from './job-words.ts';
import { useJobs } from './jobs.queries.ts';

function StatusCell({ job }: { job: Job }) {
  const { words, tone } = statusOf(job);
  const { progress } = job;
  if (job.endedAt !== null || !progress?.totalSteps) {
    return (
      <>
        <Badge tone={tone}>{words}</Badge>
        {(job.waiting ?? job.problem) && (
          <span className="mt-0.5 block max-w-72 truncate text-xs text-muted">
            {job.waiting?.what ?? job.problem?.message}
          </span>
        )}
      </>
    );
  }
  return (
    <Progress
      label={words}
      done={progress.step}
      total={progress.totalSteps}
      detail={progressWords(job)}
      tone={job.providerKind === 'practice' ? 'quartz' : 'accent'}
      className="w-48"
    />
  );
}

const columns: readonly TableColumn<Job>[] = [
  {
    id: 'name',
    header: 'Name',
    className: 'max-w-72',
    cell: (job) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={`/jobs/${job.id}`} className="truncate font-medium">
          {job.name}
        </Link>
        {job.providerKind === 'practice' && <PracticeBadge />}
      </span>
    ),
  },
  { id: 'status', header: 'Status', cell: (job) => <StatusCell job={job} /> },
  {
    id: 'model',
    header: 'Model',
    className: 'max-w-56',
    cell: (job) => (
      <>
        <span className="block truncate font-mono text-xs leading-5">{job.model}</span>
        <span className="block truncate text-xs text-muted">
          {job.connectionName}, {shortMethodWords[job.method]}
        </span>
      </>
    ),
  },
  {
    id: 'dataset',
    header: 'Data set',
    className: 'max-w-48',
    cell: (job) => (
      <Link href={`/datasets/${job.datasetId}`} tone="quiet" className="block truncate">
        {job.datasetName}
      </Link>
    ),
  },
  { id: 'cost', header: 'Cost', align: 'end', className: 'whitespace-nowrap', cell: (job) => costWords(job) },
  {
    id: 'started',
    header: 'Launched',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (job) => (
      <>
        <span className="block">{formatMoment(job.createdAt)}</span>
        <span className="block text-xs text-muted">
          {job.endedAt === null ? 'under way' : `took ${formatDuration(job.endedAt - job.createdAt)}`}
        </span>
      </>
    ),
  },
];

function NewJob() {
  return (
    <ButtonLink href="/jobs/new" variant="primary" icon={<Plus aria-hidden />}>
      New training job
    </ButtonLink>
  );
}

function JobsPage() {
  const jobs = useJobs();
  const isEmpty = jobs.data?.length === 0;
  return (
    <>
      <PageHead title="Jobs" actions={isEmpty ? null : <NewJob />} />
      <PageBody width="full">
        <Loaded query={jobs} label="Loading jobs">
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<Dumbbell aria-hidden />} title="No training job yet" action={<NewJob />}>
                A job takes the training split of a data set and makes a tuned model of it. Practice trains on
                this machine: no key, no network, no cost.
              </EmptyState>
            ) : (
              <Table
                caption="Training jobs, newest first"
                columns={columns}
                rows={list}
                rowKey={(job) => job.id}
              />
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** Every training job of the workspace. */
export const jobsScreen: Screen = { path: '/jobs', title: 'Jobs', component: JobsPage };
