import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type { Kit } from '../../core/kit.ts';
import type { MakeBulk } from './bulk-handlers.ts';
import { requireDataset } from './reader.ts';
import type { View } from './view-requests.ts';
import type { Views } from './views.ts';

type Parts = {
  readonly views: Views;
  readonly makeBulk: MakeBulk;
  /** Starts the fix of every finding with a code; answers the task. */
  readonly fixAll: (datasetId: string, code: string) => Promise<string>;
};

/**
 * Applies every safe fix of an error, one kind after the other, and deletes what then still holds an error when asked to.
 * Each step is one undoable change. `mended` and `left` count examples.
 */
export async function mendErrors(
  kit: Kit,
  { views, makeBulk, fixAll }: Parts,
  { datasetId, deletesRest }: { datasetId: string; deletesRest: boolean },
): Promise<{ fixedCodes: string[]; mended: number; left: number }> {
  const { db } = kit.workspace.require();
  const withErrors = async (): Promise<View> => {
    const { view } = await views.open(requireDataset(db, datasetId), {
      filter: { ...everything, severities: ['error'] },
      order: { by: 'position', isDescending: false },
      mayIndex: false,
    });
    return view;
  };
  const before = await withErrors();
  const { findings } = await views.facets(before.viewId);
  const fixedCodes = findings
    .filter((one) => one.severity === 'error' && one.isFixable)
    .map(({ code }) => code);
  for (const code of fixedCodes) await kit.tasks.ended(await fixAll(datasetId, code));
  const after = await withErrors();
  if (deletesRest && after.ids)
    await makeBulk(datasetId, after.ids, {
      kind: 'delete',
      nouns: ['example', 'examples'],
      at: kit.clock.now(),
    });
  return { fixedCodes, mended: before.total - after.total, left: after.total };
}
