import { z } from 'zod';

/** The states of a task; the last four are final. */
export const taskState = z.enum([
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);
export type TaskState = z.infer<typeof taskState>;

/** A piece of long work: persisted, cancellable, with determinate progress. Times are ms UTC. */
export const task = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: taskState,
  done: z.number(),
  total: z.number(),
  unit: z.string(),
  message: z.string(),
  /** What the task is about, so that a screen can find its task: `{ feature, id }`. */
  subject: z.object({ feature: z.string(), id: z.string() }).nullable(),
  failure: z.object({ code: z.string(), what: z.string(), todo: z.string() }).nullable(),
  createdAt: z.number().int(),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
});
export type Task = z.infer<typeof task>;
