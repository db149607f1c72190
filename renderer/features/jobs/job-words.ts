import type {
  Job,
  JobMethod,
  JobStatus,
  LaunchPlan,
  PracticePace,
} from '../../../shared/features/jobs/jobs.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatBytes, formatMoney } from '../../ui/format.ts';

const statusWords: Record<JobStatus, { words: string; tone: Tone }> = {
  preparing: { words: 'preparing', tone: 'accent' },
  uploading: { words: 'sending files', tone: 'accent' },
  launching: { words: 'launching', tone: 'accent' },
  unknown_outcome: { words: 'asking what became of it', tone: 'amber' },
  validating_files: { words: 'checking files', tone: 'accent' },
  queued: { words: 'queued', tone: 'accent' },
  running: { words: 'training', tone: 'accent' },
  pausing: { words: 'pausing', tone: 'amber' },
  paused: { words: 'paused', tone: 'amber' },
  succeeded: { words: 'succeeded', tone: 'emerald' },
  failed: { words: 'failed', tone: 'ruby' },
  cancelled: { words: 'cancelled', tone: 'neutral' },
};

/** A job's status for people; a word of the provider's that we do not know is shown as it is. */
export function statusOf(job: Pick<Job, 'status' | 'providerStatus'>): { words: string; tone: Tone } {
  const known = statusWords[job.status];
  return job.providerStatus ? { words: job.providerStatus.replaceAll('_', ' '), tone: known.tone } : known;
}

/** How a practice pace is called. */
export const paceWords: Record<PracticePace, string> = {
  real_time: 'Real time',
  ten_times: 'Ten times',
  instant: 'At once',
};

/** The deed as the one button of a launch names it. */
export function launchVerb(plan: LaunchPlan): string {
  const price = plan.estimate ? ` for ${formatMoney(plan.estimate.totalMicroUsd)}` : '';
  if (plan.destination.staysOnThisMachine) return `Train on this machine${price}`;
  return `Send ${formatBytes(plan.totalBytes)} to ${plan.destination.name}${price}`;
}

/** `training 3.2 of 6 epochs`-like facts would guess; this says the step as the provider told it. */
export function progressWords(job: Pick<Job, 'progress'>): string {
  if (!job.progress) return '';
  const { step, totalSteps } = job.progress;
  return totalSteps === null ? `step ${step}` : `step ${step} of ${totalSteps}`;
}

/** What a job trains on, one of it. */
export function itemWord({ method }: Pick<Job, 'method'>): 'example' | 'pair' {
  return method === 'dpo' ? 'pair' : 'example';
}

/** How a job trains, in short. */
export const shortMethodWords: Record<JobMethod, string> = {
  supervised: 'Supervised',
  dpo: 'Preferences (DPO)',
};

/** What a job costs: the real sum once known, else the estimate. */
export function costWords(job: Pick<Job, 'actualMicroUsd' | 'estimate'>): string {
  if (job.actualMicroUsd !== null) return formatMoney(job.actualMicroUsd);
  return job.estimate ? `about ${formatMoney(job.estimate.totalMicroUsd)}` : 'price unknown';
}
