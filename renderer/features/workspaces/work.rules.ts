import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import type { Job, JobStatus } from '../../../shared/features/jobs/jobs.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';

/** Something that waits for the user: what, why, and the page where it is done. */
export type Need = { id: string; tone: Tone; title: string; detail: string; href: string };

const dayMs = 86_400_000;

/** What the data sets ask for, most pressing first: errors, quarantined lines, a missing split. */
export function needsOfDatasets(datasets: readonly Dataset[]): Need[] {
  return datasets.flatMap((dataset): Need[] => {
    const href = `/datasets/${dataset.datasetId}`;
    const base = { id: dataset.datasetId, href, title: dataset.name };
    const { error } = dataset.findingCounts;
    if (error > 0) {
      const detail = `${formatCount(error, 'error')} would make a provider reject the file`;
      return [{ ...base, tone: 'ruby', detail }];
    }
    if (dataset.exampleCount > 0 && dataset.splitRecipe === null) {
      return [{ ...base, tone: 'accent', detail: 'not split yet into train, validation and test' }];
    }
    return [];
  });
}

/** A job's status for people, with how it stands. */
export const jobWords: Record<JobStatus, { words: string; tone: Tone }> = {
  preparing: { words: 'preparing', tone: 'accent' },
  uploading: { words: 'sending', tone: 'accent' },
  launching: { words: 'launching', tone: 'accent' },
  unknown_outcome: { words: 'outcome unknown', tone: 'amber' },
  validating_files: { words: 'checking files', tone: 'accent' },
  queued: { words: 'queued', tone: 'accent' },
  running: { words: 'training', tone: 'accent' },
  pausing: { words: 'pausing', tone: 'accent' },
  paused: { words: 'paused', tone: 'amber' },
  succeeded: { words: 'trained', tone: 'emerald' },
  failed: { words: 'failed', tone: 'ruby' },
  cancelled: { words: 'cancelled', tone: 'neutral' },
};

/** Runs that failed in the last week, whose outcome is unknown, or that wait for something. */
export function needsOfJobs(jobs: readonly Job[], now: number): Need[] {
  return jobs.flatMap((job): Need[] => {
    const base = { id: job.id, title: job.name, href: `/jobs/${job.id}` };
    if (job.status === 'failed' && now - (job.endedAt ?? now) < 7 * dayMs)
      return [{ ...base, tone: 'ruby', detail: job.problem?.message ?? 'the training failed' }];
    if (job.status === 'unknown_outcome')
      return [
        { ...base, tone: 'amber', detail: 'it is not known yet whether the provider created this run' },
      ];
    if (job.waiting) return [{ ...base, tone: 'amber', detail: job.waiting.what }];
    return [];
  });
}

/** Models that were trained on here and take no new training soon; the practice model never ends. */
export function needsOfModels(jobs: readonly Job[], models: readonly PricedModel[]): Need[] {
  const used = new Set(jobs.filter((job) => job.providerKind !== 'practice').map((job) => job.model));
  return models.flatMap((model): Need[] => {
    const days = model.trainingDaysLeft;
    if (!used.has(model.id) || days === null || days < 0 || days > 60) return [];
    const detail = `no new training after ${model.trainingEndsOn}: ${formatCount(days, 'day')} left`;
    return [{ id: model.id, title: model.id, tone: 'amber', detail, href: '/costs' }];
  });
}

/** Tasks that failed in the last day and were not followed by one that did the same. */
export function needsOfTasks(tasks: readonly Task[], now: number): Need[] {
  return tasks
    .filter((task) => task.state === 'failed' && now - (task.endedAt ?? 0) < dayMs)
    .filter((task) => !tasks.some((later) => later.title === task.title && later.createdAt > task.createdAt))
    .map((task) => ({
      id: task.id,
      tone: 'ruby',
      title: task.title,
      detail: task.failure?.what ?? 'failed',
      href: '/activity',
    }));
}

const order: readonly Tone[] = ['ruby', 'amber', 'accent'];

/** All needs, errors first. */
export function sortNeeds(needs: readonly Need[]): Need[] {
  return needs.toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
}
