import { v7 as uuidv7 } from 'uuid';
import type {
  datasetsContract,
  ExamplesOrView,
} from '../../../shared/features/datasets/datasets.contract.ts';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfCode } from '../../../shared/features/datasets/sft/finding-codes.ts';
import { type BulkChange, bulkTransforms } from '../../../shared/features/datasets/text-changes.ts';
import type { ExampleRewriter } from '../../core/dataset-ports.ts';
import type { NewEvent } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChangeInput } from './change.job.ts';
import { detailOf, imageOfExample, textOfExample } from './detail.ts';
import { toIdRanges } from './id-ranges.ts';
import { operations, type TagChange } from './operations.ts';
import { requireDataset } from './reader.ts';
import { dropUnused, type RewriteChange, type RewriteInput } from './rewrite.job.ts';
import { idsOfView, type Views } from './views.ts';

type ExampleHandlers = Pick<
  Handlers<typeof datasetsContract>,
  | 'example'
  | 'exampleText'
  | 'exampleImage'
  | 'editExample'
  | 'fixFinding'
  | 'fixAll'
  | 'changeTags'
  | 'deleteExamples'
  | 'changeExamples'
>;

const fixTaskKind = 'datasets.fix';
/** Changes of more examples than this are made in a worker. */
const manyExamples = 500;

type FixParams = { readonly datasetId: string; readonly code: string; readonly batch: string };

/** Reading and changing examples; every change is one event that can be undone. */
export function createExampleHandlers(
  kit: Kit,
  { views, rewriter }: { views: Views; rewriter: ExampleRewriter },
): ExampleHandlers {
  registerFixTask(kit);
  const db = () => kit.workspace.require().db;
  const rewriteOne = async (exampleId: number, change: RewriteChange): Promise<{ detail: ExampleDetail }> => {
    const session = kit.workspace.require();
    const { datasetId } = detailOf(session.db, exampleId);
    const input: RewriteInput = {
      store: session.address,
      datasetId,
      batch: uuidv7(),
      at: kit.clock.now(),
      change,
    };
    const { changed } = await kit.workers.run<{ changed: number }>('datasets.rewrite', input, {
      lockWriter: () => session.lockWriter(),
    });
    if (changed > 0) kit.changes.emit('datasets');
    return { detail: detailOf(session.db, exampleId) };
  };
  return {
    example: ({ exampleId }) => detailOf(db(), exampleId),
    exampleText: ({ exampleId, versionId }) => ({ text: textOfExample(db(), exampleId, versionId) }),
    exampleImage: ({ exampleId, pointer }) => ({ dataUrl: imageOfExample(db(), exampleId, pointer) }),
    editExample: ({ exampleId, text }) => rewriteOne(exampleId, { kind: 'edit', exampleId, text }),
    fixFinding: ({ exampleId, code, pointer }) =>
      rewriteOne(exampleId, { kind: 'fix', exampleId, code, pointer }),
    async fixAll({ datasetId, code }) {
      const { name } = requireDataset(db(), datasetId);
      const params: FixParams = { datasetId, code, batch: uuidv7() };
      const title = `Fix “${titleOfCode(code).toLowerCase()}” in ${name}`;
      const subject = { feature: 'datasets', id: datasetId };
      return {
        taskId: await kit.tasks.start({ kind: fixTaskKind, title, params, subject, unit: 'examples' }),
      };
    },
    ...createBulkHandlers(kit, views),
    changeExamples({ datasetId, which, change }) {
      const ids =
        which === 'all'
          ? ('all' as const)
          : 'viewId' in which
            ? idsOfView(db(), views.require(which.viewId))
            : which.exampleIds;
      return rewriter.rewrite({
        datasetId,
        which: ids,
        transform: bulkTransforms[change.kind],
        parameters: change,
        label: labelOfChange(change),
      });
    },
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

function registerFixTask(kit: Kit): void {
  kit.tasks.register<FixParams>(fixTaskKind, {
    afterCrash: 'rollBack',
    async run(context) {
      const { params, workspace, signal } = context;
      const { datasetId, code, batch } = params;
      if (code === 'exact_duplicate') await deleteDuplicates(kit, datasetId);
      else {
        const change: RewriteChange = { kind: 'fix-all', code };
        const input: RewriteInput = {
          store: workspace.address,
          datasetId,
          batch,
          at: kit.clock.now(),
          change,
        };
        await kit.workers.run('datasets.rewrite', input, {
          signal,
          lockWriter: () => workspace.lockWriter(),
          onProgress: (one) => context.progress({ done: one.done, total: one.total }),
        });
      }
      kit.changes.emit('datasets');
    },
    rollBack: (session, { batch }) => session.write((store) => dropUnused(store, batch)),
  });
}

async function deleteDuplicates(kit: Kit, datasetId: string): Promise<void> {
  const { db } = kit.workspace.require();
  const ids = db
    .prepare<{ id: number }>(
      'SELECT id FROM examples WHERE dataset = ? AND duplicate_of IS NOT NULL AND deleted_at IS NULL',
    )
    .all(requireDataset(db, datasetId).key)
    .map(({ id }) => id);
  if (ids.length > 0) await deleteIds(kit, datasetId, { ids, what: 'duplicate examples' });
}

/** Deletes examples as one event that can be undone. */
export async function deleteIds(
  kit: Kit,
  datasetId: string,
  { ids, what }: { ids: readonly number[]; what: string },
): Promise<void> {
  const ranges = toIdRanges(ids);
  await makeChange(kit, ids.length, {
    feature: 'datasets',
    kind: 'datasets.examples-deleted',
    label: `delete ${ids.length} ${what}`,
    forward: operations.deleteExamples(datasetId, { ids: ranges, at: kit.clock.now() }),
    inverse: operations.deleteExamples(datasetId, { ids: ranges, at: null }),
  });
}

/** Makes a change of `size` examples here or, when that would hold up the program, in a worker. */
async function makeChange(kit: Kit, size: number, event: NewEvent): Promise<void> {
  const session = kit.workspace.require();
  if (size <= manyExamples) {
    await session.write((db) => kit.events.run(db, event));
  } else {
    const input: ChangeInput = { store: session.address, event, at: kit.clock.now() };
    await kit.workers.run('datasets.change', input, { lockWriter: () => session.lockWriter() });
  }
  kit.changes.emit('datasets');
}

function createBulkHandlers(kit: Kit, views: Views): Pick<ExampleHandlers, 'changeTags' | 'deleteExamples'> {
  const liveIds = (datasetId: string, which: ExamplesOrView): number[] => {
    const { db } = kit.workspace.require();
    const { key } = requireDataset(db, datasetId);
    const wanted = 'viewId' in which ? idsOfView(db, views.require(which.viewId)) : which.exampleIds;
    return db
      .prepare<{ id: number }>(
        `SELECT e.id FROM json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value
         WHERE e.dataset = ? AND e.deleted_at IS NULL`,
      )
      .all(JSON.stringify(wanted), key)
      .map(({ id }) => id);
  };
  return {
    async changeTags({ datasetId, which, add, remove }) {
      const { db } = kit.workspace.require();
      const all = liveIds(datasetId, which);
      const changes: TagChange[] = [
        ...add.map((tag) => ({ tag, isOn: true })),
        ...remove.map((tag) => ({ tag, isOn: false })),
      ]
        .map(({ tag, isOn }) => {
          const tagged = new Set(
            db
              .prepare<{ id: number }>(
                'SELECT example_id AS id FROM example_tags WHERE dataset = ? AND tag = ?',
              )
              .all(requireDataset(db, datasetId).key, tag)
              .map(({ id }) => id),
          );
          return { tag, isOn, ids: toIdRanges(all.filter((id) => tagged.has(id) !== isOn)) };
        })
        .filter(({ ids }) => ids !== '');
      if (changes.length === 0) return { changed: 0 };
      const names = changes.map(({ tag, isOn }) => `${isOn ? '+' : '−'}${tag}`).join(' ');
      await makeChange(kit, all.length, {
        feature: 'datasets',
        kind: 'datasets.tagged',
        label: `tag ${all.length} example(s) ${names}`,
        forward: operations.tag(datasetId, changes),
        inverse: operations.tag(
          datasetId,
          changes.map((one) => ({ ...one, isOn: !one.isOn })),
        ),
      });
      return { changed: all.length };
    },
    async deleteExamples({ datasetId, which }) {
      const ids = liveIds(datasetId, which);
      if (ids.length > 0)
        await deleteIds(kit, datasetId, { ids, what: ids.length === 1 ? 'example' : 'examples' });
      return { changed: ids.length };
    },
  };
}
