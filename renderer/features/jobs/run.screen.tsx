import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/features/jobs/jobs.model.ts';
import { Badge, PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatDuration, formatMoment, formatPercent } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { type Screen, useParam } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { JobCurves } from './job-curves.tsx';
import { Checkpoints, Fingerprints, JobFacts } from './job-facts.tsx';
import { JobLog } from './job-log.tsx';
import { progressWords, statusOf } from './job-words.ts';
import { useWatchedJob, type WatchedJob } from './jobs.queries.ts';
import { RunControls } from './run-controls.tsx';

/** The time, read again each second while a job is under way. */
function useTicking(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

function leftText(job: Job, now: number): string {
  const { progress, estimatedEndAt } = job;
  const share = progress?.totalSteps ? formatPercent(progress.step / progress.totalSteps) : '';
  const left =
    estimatedEndAt !== null && estimatedEndAt > now
      ? `about ${formatDuration(estimatedEndAt - now)} left`
      : '';
  return [progressWords(job), share, left].filter(Boolean).join(' · ');
}

/** Where a job under way stands, and what it waits for. */
function Standing({ job }: { job: Job }) {
  const now = useTicking(job.endedAt === null);
  if (job.endedAt !== null) return null;
  return (
    <div className="space-y-2">
      <Progress
        label={statusOf(job).words}
        done={job.progress?.step ?? 0}
        total={job.progress?.totalSteps ?? 0}
        detail={leftText(job, now)}
        tone={job.providerKind === 'practice' ? 'quartz' : 'accent'}
      />
      {job.waiting && (
        <p role="status" className="flex gap-2 text-sm">
          <ToneIcon tone="amber" className="mt-0.5" />
          <span>
            {job.waiting.what}
            {job.waiting.until !== null && ` Goes on at ${formatMoment(job.waiting.until)}.`}
          </span>
        </p>
      )}
    </div>
  );
}

function Problem({ job }: { job: Job }) {
  if (!job.problem) return null;
  const isBlocked = job.problem.code === 'TRAINING_NOT_AVAILABLE';
  return (
    <p role="alert" className="flex gap-2 rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm">
      <ToneIcon tone="ruby" className="mt-0.5" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{job.problem.message}</span> {job.problem.todo}{' '}
        {isBlocked && <Link href={`/settings/providers/${job.connectionId}/training`}>What still works</Link>}
      </span>
    </p>
  );
}

function Run({ seen }: { seen: WatchedJob }) {
  const { job } = seen;
  return (
    <PageBody width="full">
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-5">
          <Problem job={job} />
          <Standing job={job} />
          <JobCurves seen={seen} />
          <Section title="Log">
            <JobLog events={seen.events} />
          </Section>
        </div>
        <aside aria-label="Facts" className="min-w-0 space-y-6">
          <JobFacts job={job} />
          <Section title="Checkpoints">
            <Checkpoints checkpoints={seen.checkpoints} />
          </Section>
          <Section title="Fingerprints">
            <Fingerprints job={job} />
          </Section>
        </aside>
      </div>
    </PageBody>
  );
}

function RunPage() {
  const { seen, error, again } = useWatchedJob(useParam('jobId'));
  const job = seen?.job;
  const status = job ? statusOf(job) : null;
  return (
    <>
      <PageHead
        title={job?.name ?? 'Training job'}
        crumbs={[{ label: 'Jobs', href: '/jobs' }]}
        marks={
          job && status ? (
            <>
              <Badge tone={status.tone}>{status.words}</Badge>
              {job.providerKind === 'practice' && <PracticeBadge />}
            </>
          ) : null
        }
        actions={job ? <RunControls job={job} /> : null}
      />
      {error && !seen ? <ErrorState error={error} onRetry={again} /> : null}
      {!error && !seen && <Skeleton rows={8} label="Loading the job" />}
      {seen && <Run seen={seen} />}
    </>
  );
}

/** One training job, live: curves, numbers, checkpoints, log. */
export const runScreen: Screen = { path: '/jobs/$jobId', title: 'Training job', component: RunPage };
