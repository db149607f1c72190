import type { EvalResult } from '../../shared/features/evals/evals.model.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import { Unusable, wrongUsage } from './command.ts';
import { type CoreSession, waitForTask } from './core-session.ts';

/** The job by id or name, or the newest that succeeded; throws wrong usage when there is none. */
export async function findJob({ client }: CoreSession, asked: string | undefined): Promise<Job> {
  const jobs = await client.jobs.list();
  const fitting =
    asked === undefined
      ? jobs.filter((one) => one.status === 'succeeded')
      : jobs.filter((one) => one.id === asked || one.name === asked);
  const [newest] = fitting.toSorted((a, b) => b.createdAt - a.createdAt);
  if (newest) return newest;
  if (asked === undefined)
    throw new Unusable('No job of this workspace has succeeded yet; lapidary train runs one');
  throw wrongUsage(`There is no job “${asked}” in this workspace`);
}

/** Asks base and tuned the test split and grades both; what it costs must be allowed unless it stays on this machine. */
export async function evaluate(
  session: CoreSession,
  job: Job,
  wish: { seed: number | null; isPaymentAllowed: boolean },
): Promise<EvalResult> {
  const { client } = session;
  const plan = await client.evals.plan({ jobId: job.id });
  if (!plan.staysOnThisMachine && !wish.isPaymentAllowed) {
    throw new Unusable(
      `${plan.requests} requests would go to ${plan.host}. ${plan.costNote} Say --yes to send them`,
    );
  }
  const { approvalId } = plan.approval;
  const { evalId, taskId } = await client.evals.start({
    jobId: job.id,
    approvalId,
    graders: null,
    seed: wish.seed,
  });
  await waitForTask(session, taskId);
  return client.evals.get({ evalId });
}

/** The newest evaluation of a job that is done; null when there is none. */
export async function newestEval({ client }: CoreSession, jobId: string): Promise<string | null> {
  const done = (await client.evals.list({ jobId })).filter((one) => one.state === 'done');
  return done.toSorted((a, b) => b.createdAt - a.createdAt)[0]?.evalId ?? null;
}
