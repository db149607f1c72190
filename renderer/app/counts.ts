import { useQuery } from '@tanstack/react-query';
import { isOpenTask, useTasks } from '../features/activity/activity.queries.ts';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';
import { rpc } from '../rpc.ts';
import { formatCount } from '../ui/format.ts';

/** Work to do per feature, as a number and in words; features without any are absent. */
export type Counts = Readonly<Record<string, { count: number; words: string } | undefined>>;

/** What waits for the user, by feature. */
export function useCounts(): Counts {
  const isOpen = useOpenWorkspace() !== null;
  const running = useTasks().data?.filter(isOpenTask).length ?? 0;
  const datasets = useQuery({
    queryKey: ['datasets', 'list'],
    queryFn: () => rpc.datasets.list(),
    enabled: isOpen,
  }).data;
  const sets = useQuery({
    queryKey: ['preferences', 'list'],
    queryFn: () => rpc.preferences.list(),
    enabled: isOpen,
  }).data;
  const unfinished =
    sets?.filter((one) => one.closedAt === null && one.finished < one.pairs - one.repeats).length ?? 0;
  const faulty = datasets?.filter((one) => one.findingCounts.error > 0).length ?? 0;
  return {
    preferences:
      unfinished > 0
        ? { count: unfinished, words: formatCount(unfinished, 'set to judge', 'sets to judge') }
        : undefined,
    activity: running > 0 ? { count: running, words: `${running} running` } : undefined,
    datasets:
      faulty > 0
        ? { count: faulty, words: formatCount(faulty, 'data set with errors', 'data sets with errors') }
        : undefined,
  };
}
