import { isOpenTask, useTasks } from '../features/activity/activity.queries.ts';

/** Work to do per feature, as a number and in words; features without any are absent. */
export type Counts = Readonly<Record<string, { count: number; words: string } | undefined>>;

/** What waits for the user, by feature. */
export function useCounts(): Counts {
  const running = useTasks().data?.filter(isOpenTask).length ?? 0;
  return { activity: running > 0 ? { count: running, words: `${running} running` } : undefined };
}
