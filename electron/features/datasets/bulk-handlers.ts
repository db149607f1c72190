import type {
  datasetsContract,
  ExamplesOrView,
} from '../../../shared/features/datasets/datasets.contract.ts';
import {
  type BulkChange,
  bulkTransforms,
  type ChangePreview,
} from '../../../shared/features/datasets/text-changes.ts';
import type { ExampleRewriter } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { type BulkAction, type BulkIds, planBulk } from './bulk.ts';
import type { BulkInput } from './bulk.job.ts';
import type { PreviewInput } from './preview.job.ts';
import { requireDataset } from './reader.ts';
import type { Views } from './views.ts';

type BulkHandlers = Pick<
  Handlers<typeof datasetsContract>,
  'changeTags' | 'deleteExamples' | 'assignSplit' | 'decide' | 'previewChange' | 'changeExamples'
>;

/** Changes of more examples than this are made in a worker. */
const manyExamples = 400;

/** Does something to the examples as one event; here, or in a worker when that would hold up the program. */
export type MakeBulk = (datasetId: string, ids: BulkIds, action: BulkAction) => Promise<{ changed: number }>;

/** The one way in which many examples change at once. */
export function createMakeBulk(kit: Kit): MakeBulk {
  return async (datasetId, ids, action) => {
    const session = kit.workspace.require();
    requireDataset(session.db, datasetId);
    const at = kit.clock.now();
    let result: { changed: number };
    if (typeof ids === 'string' || ids.length > manyExamples) {
      const input: BulkInput = { store: session.address, datasetId, ids, action, at };
      result = await kit.workers.run('datasets.bulk', input, { lockWriter: () => session.lockWriter() });
    } else {
      result = await session.write((db) => {
        const plan = planBulk(db, { dataset: requireDataset(db, datasetId), ids }, action);
        if (plan.event) kit.events.run(db, plan.event);
        return { changed: plan.changed };
      });
    }
    if (result.changed > 0) kit.changes.emit('datasets');
    return result;
  };
}

/** Tags, splits, decisions, deletions and changes of texts, for picked examples or all of a view. */
export function createBulkHandlers(
  kit: Kit,
  parts: { views: Views; rewriter: ExampleRewriter; makeBulk: MakeBulk },
): BulkHandlers {
  const { views, rewriter, makeBulk } = parts;
  const idsOf = async (which: ExamplesOrView | 'all'): Promise<Uint32Array | 'all'> => {
    if (which === 'all') return 'all';
    if ('viewId' in which) return (await views.whole(which.viewId)).ids ?? 'all';
    return Uint32Array.from(which.exampleIds);
  };
  return {
    changeTags: async ({ datasetId, which, add, remove }) =>
      makeBulk(datasetId, await idsOf(which), { kind: 'tag', add, remove }),
    deleteExamples: async ({ datasetId, which }) =>
      makeBulk(datasetId, await idsOf(which), {
        kind: 'delete',
        nouns: ['example', 'examples'],
        at: kit.clock.now(),
      }),
    assignSplit: async ({ datasetId, which, split }) =>
      makeBulk(datasetId, await idsOf(which), { kind: 'split', split }),
    decide: async ({ datasetId, which, reviewer, decision }) =>
      makeBulk(datasetId, await idsOf(which), { kind: 'decide', reviewer, decision }),
    async previewChange({ datasetId, which, change, isWhole }, { signal }) {
      const session = kit.workspace.require();
      requireDataset(session.db, datasetId);
      const input: PreviewInput = {
        store: session.address,
        datasetId,
        ids: await idsOf(which),
        transform: bulkTransforms[change.kind],
        parameters: change,
        isWhole,
      };
      return kit.workers.run<ChangePreview>('datasets.preview', input, { signal });
    },
    changeExamples: async ({ datasetId, which, change }) =>
      rewriter.rewrite({
        datasetId,
        which: await idsOf(which),
        transform: bulkTransforms[change.kind],
        parameters: change,
        label: labelOfChange(change),
      }),
  };
}

const promptLabels = {
  set: 'set the system prompt',
  replace: 'replace the system prompt',
  remove: 'remove the system prompt',
} as const;

function labelOfChange(change: BulkChange): string {
  return change.kind === 'replace' ? 'find and replace' : promptLabels[change.action];
}
