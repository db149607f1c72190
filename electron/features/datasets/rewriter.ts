import { v7 as uuidv7 } from 'uuid';
import type { ExampleRewriter, RewriteRequest } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { requireDataset } from './reader.ts';
import { dropUnused, type RewriteInput } from './rewrite.job.ts';

const rewriteTaskKind = 'datasets.rewrite';

/** What is written down of a rewriting: enough to clean up after it, nothing of what it puts into texts. */
type RewriteParams = { readonly datasetId: string; readonly batch: string };

/** Rewrites many examples by a named transform: one task, one undoable event, no trace when it is cancelled. */
export function createRewriter(kit: Kit): ExampleRewriter {
  const wanted = new Map<string, RewriteRequest>();
  kit.tasks.register<RewriteParams>(rewriteTaskKind, {
    afterCrash: 'rollBack',
    async run(context) {
      const { params, workspace, signal } = context;
      const request = wanted.get(params.batch);
      wanted.delete(params.batch);
      if (!request) throw new Error('what to rewrite is not known any more');
      const { which, transform, parameters, label } = request;
      const input: RewriteInput = {
        store: workspace.address,
        datasetId: params.datasetId,
        batch: params.batch,
        at: kit.clock.now(),
        change: { kind: 'transform', which, transform, parameters, label },
      };
      await kit.workers.run('datasets.rewrite', input, {
        signal,
        lockWriter: () => workspace.lockWriter(),
        onProgress: (one) => context.progress({ done: one.done, total: one.total }),
      });
      kit.changes.emit('datasets');
    },
    rollBack: (session, { batch }) => session.write((db) => dropUnused(db, batch)),
  });
  return {
    async rewrite(request) {
      const { datasetId, label } = request;
      const { name } = requireDataset(kit.workspace.require().db, datasetId);
      const batch = uuidv7();
      wanted.set(batch, request);
      const title = `${label.charAt(0).toUpperCase()}${label.slice(1)} in ${name}`;
      const params: RewriteParams = { datasetId, batch };
      const subject = { feature: 'datasets', id: datasetId };
      return {
        taskId: await kit.tasks.start({ kind: rewriteTaskKind, title, params, subject, unit: 'examples' }),
      };
    },
  };
}
