import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';
import { rpc } from '../rpc.ts';
import type { BoundCommand } from '../ui/commands.ts';
import { useGo } from '../ui/location.ts';
import { screens } from './screens.ts';

type Found = { id: string; title: string; path: string };

const isThere = (path: string): boolean => screens.some((screen) => screen.path.startsWith(path));

/** The data sets of the open workspace, findable by name. */
function useDatasets(workspaceId: string | undefined): readonly Found[] {
  const list = useQuery({
    queryKey: ['datasets', 'list'],
    queryFn: () => rpc.datasets.list(),
    enabled: workspaceId !== undefined && isThere('/datasets'),
  }).data;
  return useMemo(
    () =>
      (list ?? []).map((one) => ({
        id: one.datasetId,
        title: one.name,
        path: `/datasets/${one.datasetId}`,
      })),
    [list],
  );
}

/** The preference sets of the open workspace, findable by name. */
function usePreferenceSets(workspaceId: string | undefined): readonly Found[] {
  const list = useQuery({
    queryKey: ['preferences', 'list'],
    queryFn: () => rpc.preferences.list(),
    enabled: workspaceId !== undefined && isThere('/preferences'),
  }).data;
  return useMemo(
    () => (list ?? []).map((one) => ({ id: one.setId, title: one.name, path: `/preferences/${one.setId}` })),
    [list],
  );
}

/** The training jobs of the open workspace, findable by name. */
function useJobs(workspaceId: string | undefined): readonly Found[] {
  const list = useQuery({
    queryKey: ['jobs', 'list'],
    queryFn: () => rpc.jobs.list(),
    enabled: workspaceId !== undefined && isThere('/jobs'),
  }).data;
  return useMemo(
    () =>
      (list ?? []).map((one) => ({
        id: one.id,
        title: `${one.name} (${one.model})`,
        path: `/jobs/${one.id}`,
      })),
    [list],
  );
}

/** The evaluations of the open workspace, findable by name. */
function useEvals(workspaceId: string | undefined): readonly Found[] {
  const list = useQuery({
    queryKey: ['evals', 'list'],
    queryFn: () => rpc.evals.list({ jobId: null }),
    enabled: workspaceId !== undefined && isThere('/evals'),
  }).data;
  return useMemo(
    () => (list ?? []).map((one) => ({ id: one.evalId, title: one.name, path: `/evals/${one.evalId}` })),
    [list],
  );
}

/** The workspace's own things, findable by name. */
export function usePaletteRecords(): readonly BoundCommand[] {
  const go = useGo();
  const workspaceId = useOpenWorkspace()?.id;
  const datasets = useDatasets(workspaceId);
  const sets = usePreferenceSets(workspaceId);
  const jobs = useJobs(workspaceId);
  const evals = useEvals(workspaceId);
  return useMemo(() => {
    if (workspaceId === undefined) return [];
    const bound = (group: string, found: readonly Found[]): BoundCommand[] =>
      found.map((one) => ({ id: one.id, title: one.title, group, keys: null, run: () => go(one.path) }));
    return [
      ...bound('Datasets', datasets),
      ...bound('Preferences', sets),
      ...bound('Jobs', jobs),
      ...bound('Evals', evals),
    ];
  }, [workspaceId, datasets, sets, jobs, evals, go]);
}
