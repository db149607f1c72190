import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import {
  endedStatuses,
  type Job,
  type JobFrame,
  type LaunchPlan,
  type LaunchRequest,
} from '../../shared/features/jobs/jobs.model.ts';
import { jobMethodOf } from '../../shared/features/jobs/jobs.rules.ts';
import { Unusable } from './command.ts';
import type { CoreSession } from './core-session.ts';

/** A launch as the terminal asks for it; `model` null takes the connection's first base model. */
export type TrainingWish = Omit<LaunchRequest, 'datasetId' | 'model' | 'method'> & { model: string | null };

/** What a launch would do; throws Unusable with every reason that stands against it. */
export async function planTraining(
  { client }: CoreSession,
  wish: TrainingWish,
  dataset: Dataset,
): Promise<LaunchPlan & { approval: NonNullable<LaunchPlan['approval']> }> {
  const model = wish.model ?? (await firstBaseModel(client, wish.connectionId));
  const method = jobMethodOf(dataset.method) ?? 'supervised';
  const plan = await client.jobs.plan({ ...wish, model, method, datasetId: dataset.datasetId });
  const { approval } = plan;
  if (approval) return { ...plan, approval };
  const reasons = plan.notes
    .filter((note) => note.level === 'blocks')
    .map(({ what, todo }) => `${what} ${todo}`);
  throw new Unusable(reasons.join(' ') || 'The launch is not possible');
}

async function firstBaseModel(client: CoreSession['client'], connectionId: string): Promise<string> {
  const { models } = await client.providers.models({ connectionId, refresh: true });
  const [first] = models.filter((one) => !one.isFineTuned);
  if (!first) throw new Unusable('This connection lists no model; name one with --model');
  return first.id;
}

/** Launches an approved plan once and watches it to its end; throws Unusable when the job did not succeed. */
export async function runTraining(
  session: CoreSession,
  plan: LaunchPlan & { approval: NonNullable<LaunchPlan['approval']> },
): Promise<Job> {
  const { client, signal, surroundings } = session;
  const { approvalId } = plan.approval;
  const { jobId } = await client.jobs.launch({ approvalId, request: plan.request });
  for await (const frame of await client.jobs.watch({ jobId }, { signal })) {
    surroundings.terminal.progress(frameLine(frame));
    if (!endedStatuses.includes(frame.job.status)) continue;
    surroundings.terminal.progress(null);
    if (frame.job.status === 'succeeded') return frame.job;
    const { problem } = frame.job;
    throw new Unusable(problem ? `${problem.message} ${problem.todo}` : `The job was ${frame.job.status}`);
  }
  throw new Unusable('Stopped; the job goes on when the workspace is opened again');
}

function frameLine({ job, metrics }: JobFrame): string {
  const loss = metrics.at(-1)?.values.train_loss;
  const at = job.progress ? ` step ${job.progress.step} of ${job.progress.totalSteps ?? '?'}` : '';
  return `Training ${job.model}: ${job.status}${at}${loss === undefined ? '' : `, loss ${loss.toFixed(3)}`}`;
}
