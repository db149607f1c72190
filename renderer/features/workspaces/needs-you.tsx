import { useQuery } from '@tanstack/react-query';
import { ChevronRight, CircleCheck, Plug, Upload } from 'lucide-react';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { Job } from '../../../shared/features/jobs/jobs.model.ts';
import { rpc } from '../../rpc.ts';
import { Badge, PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { formatAgo, formatCount, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo } from '../../ui/location.ts';
import { Section } from '../../ui/page-head.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Table } from '../../ui/table.tsx';
import { RowLink } from '../../ui/row-button.tsx';
import { Door } from './first-run.tsx';
import {
  jobWords,
  type Need,
  needsOfDatasets,
  needsOfJobs,
  needsOfModels,
  needsOfTasks,
  sortNeeds,
} from './work.rules.ts';

/** One thing that waits, as one link. */
function NeedRow({ need }: { need: Need }) {
  return (
    <RowLink
      href={need.href}
      className="focus-inside flex cursor-default items-center gap-3 px-3 py-2.5 text-sm hover:bg-hover"
    >
      <ToneIcon tone={need.tone} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{need.title}</span>
        <span className="block truncate text-muted">{need.detail}</span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </RowLink>
  );
}

function Needs({ needs }: { needs: readonly Need[] }) {
  if (needs.length === 0) {
    return (
      <p className="flex items-center gap-2.5 rounded-md border border-line px-3 py-3 text-sm text-muted">
        <CircleCheck aria-hidden className="size-4 text-emerald" />
        Nothing waits for you.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line">
      {needs.map((need) => (
        <li key={need.id}>
          <NeedRow need={need} />
        </li>
      ))}
    </ul>
  );
}

/** What is being worked on now. */
function Running({ tasks }: { tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  return (
    <Section title="Running" actions={<Link href="/activity">Activity</Link>}>
      <div className="space-y-3 rounded-md border border-line px-3 py-3">
        {tasks.slice(0, 4).map((task) => (
          <Progress
            key={task.id}
            label={task.title}
            done={task.done}
            total={task.total}
            detail={task.message}
          />
        ))}
      </div>
    </Section>
  );
}

function RecentDatasets({ datasets }: { datasets: readonly Dataset[] }) {
  return (
    <Section title="Data sets" actions={<Link href="/datasets">All</Link>}>
      <Table
        caption="Newest data sets"
        rows={datasets.slice(0, 6)}
        rowKey={(dataset) => dataset.datasetId}
        columns={[
          {
            id: 'name',
            header: 'Name',
            className: 'max-w-72',
            cell: (dataset) => (
              <span className="flex min-w-0 items-center gap-2">
                <Link href={`/datasets/${dataset.datasetId}`} tone="quiet" className="truncate font-medium">
                  {dataset.name}
                </Link>
                {dataset.isDemo && <Badge tone="quartz">demo</Badge>}
              </span>
            ),
          },
          { id: 'examples', header: 'Examples', align: 'end', cell: (one) => formatNumber(one.exampleCount) },
          { id: 'tokens', header: 'Tokens', align: 'end', cell: (one) => formatNumber(one.tokenTotal) },
          {
            id: 'findings',
            header: 'Findings',
            align: 'end',
            cell: ({ findingCounts: { error, warning } }) =>
              error + warning === 0
                ? 'none'
                : `${formatCount(error, 'error')}, ${formatNumber(warning)} to look at`,
          },
        ]}
      />
    </Section>
  );
}

function RecentRuns({ jobs }: { jobs: readonly Job[] }) {
  return (
    <Section title="Runs" actions={<Link href="/jobs">All</Link>}>
      <Table
        caption="Newest runs"
        rows={jobs.slice(0, 6)}
        rowKey={(job) => job.id}
        columns={[
          {
            id: 'name',
            header: 'Name',
            className: 'max-w-72',
            cell: (job) => (
              <span className="flex min-w-0 items-center gap-2">
                <Link href={`/jobs/${job.id}`} tone="quiet" className="truncate font-medium">
                  {job.name}
                </Link>
                {job.providerKind === 'practice' && <PracticeBadge />}
              </span>
            ),
          },
          {
            id: 'model',
            header: 'Model',
            cell: (job) => <span className="font-mono text-xs">{job.model}</span>,
          },
          { id: 'when', header: 'Started', cell: (job) => formatAgo(job.createdAt, Date.now()) },
          {
            id: 'status',
            header: 'Status',
            align: 'end',
            cell: (job) => <Badge tone={jobWords[job.status].tone}>{jobWords[job.status].words}</Badge>,
          },
        ]}
      />
    </Section>
  );
}

/** The first step of a workspace without data. */
function FirstStep() {
  const go = useGo();
  return (
    <Section title="Begin here">
      <div className="grid gap-2.5">
        <Door icon={Upload} title="Import data" onPress={() => go('/datasets?do=import')} isPrimary>
          A JSONL file of chats. You see what is wrong with it and what it would cost before anything is sent
          anywhere.
        </Door>
        <Door icon={Plug} title="Connect a provider" onPress={() => go('/settings/providers?do=connect')}>
          Not needed to begin: the practice provider trains on this machine, free of charge.
        </Door>
      </div>
    </Section>
  );
}

/** What Home asks of the other features. */
function useWork() {
  const datasets = useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() });
  const jobs = useQuery({ queryKey: ['jobs', 'list'], queryFn: () => rpc.jobs.list() }).data ?? [];
  const tasks = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() }).data ?? [];
  const models = useQuery({ queryKey: ['costs', 'models'], queryFn: () => rpc.costs.models() }).data ?? [];
  return { datasets, jobs, tasks, models };
}

/** What waits for the user, what runs, and the newest data sets and runs. */
export function NeedsYou() {
  const { datasets, jobs, tasks, models } = useWork();
  const running = tasks.filter((task) => task.state === 'running' || task.state === 'cancelling');
  return (
    <div className="min-w-0 space-y-8">
      <Loaded query={datasets}>
        {(list) => {
          if (list.length === 0 && jobs.length === 0 && running.length === 0) return <FirstStep />;
          const now = Date.now();
          const needs = sortNeeds([
            ...needsOfTasks(tasks, now),
            ...needsOfJobs(jobs, now),
            ...needsOfDatasets(list),
            ...needsOfModels(jobs, models),
          ]);
          return (
            <>
              <Running tasks={running} />
              <Section title="Needs you">
                <Needs needs={needs} />
              </Section>
              {list.length > 0 && <RecentDatasets datasets={list} />}
              {jobs.length > 0 && <RecentRuns jobs={jobs} />}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
