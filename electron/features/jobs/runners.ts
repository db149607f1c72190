import { type Bell, createBell } from './bell.ts';
import type { JobRequires } from './job-parts.ts';
import { findJob, openJobs } from './jobs.sql.ts';
import { runJob } from './run-job.ts';

/** The jobs under way in this run of the program. */
export type Runners = {
  /** Starts the task of a job; answers its id. */
  start(jobId: string): Promise<string>;
  /** Lets a waiting job look at its state now. */
  ring(jobId: string): void;
  /** The task of a job that is under way, or null. */
  taskOf(jobId: string): string | null;
  recover(): Promise<void>;
};

type Runner = { bell: Bell; taskId: string };

/** Keeps one runner for each job under way, and wakes them when what they may be waiting for happens. */
export function createRunners(requires: JobRequires): Runners {
  const { kit, practice } = requires;
  const running = new Map<string, Runner>();
  kit.tasks.register<{ jobId: string }>('jobs.run', {
    afterCrash: 'resume',
    async run(context) {
      const { jobId } = context.params;
      const bell = createBell(requires.wait);
      running.set(jobId, { bell, taskId: context.taskId });
      try {
        await runJob(requires, context, bell);
      } finally {
        running.delete(jobId);
        kit.changes.emit('jobs');
      }
    },
  });
  practice.onChange((remoteId) => {
    const { db } = kit.workspace.get() ?? {};
    if (!db) return;
    for (const [jobId, { bell }] of running) {
      if (findJob(db, jobId)?.remoteId === remoteId) bell.ring();
    }
  });
  wakeOnChange(requires, running);
  const start = (jobId: string, name: string): Promise<string> =>
    kit.tasks.start({
      kind: 'jobs.run',
      title: `Training “${name}”`,
      params: { jobId },
      subject: { feature: 'jobs', id: jobId },
      unit: 'steps',
    });
  return {
    start: (jobId) => start(jobId, findJob(kit.workspace.require().db, jobId)?.name ?? ''),
    ring: (jobId) => running.get(jobId)?.bell.ring(),
    taskOf: (jobId) => running.get(jobId)?.taskId ?? null,
    async recover() {
      for (const job of openJobs(kit.workspace.require().db)) {
        if (!running.has(job.id)) await start(job.id, job.name);
      }
    },
  };
}

/** Opening the gate lets everything that waits for it try again. */
function wakeOnChange({ kit, gate }: JobRequires, running: Map<string, Runner>): void {
  let stop = new AbortController();
  const follow = async (signal: AbortSignal): Promise<void> => {
    for await (const { feature } of kit.changes.watch(signal)) {
      const session = kit.workspace.get();
      if (feature !== 'egress' || !session || !gate.isOpen()) continue;
      for (const [jobId, { bell }] of running) {
        // The gate's own records are changes too; only a job that waits for the gate is concerned.
        if (findJob(session.db, jobId)?.waiting?.until === null) bell.ring();
      }
    }
  };
  kit.workspace.onOpen(() => {
    stop = new AbortController();
    follow(stop.signal).catch((error: unknown) =>
      kit.log.error('jobs stopped following changes', { error: String(error) }),
    );
  });
  kit.workspace.onClose(() => stop.abort());
}
