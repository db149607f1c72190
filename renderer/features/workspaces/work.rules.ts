import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
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
