import { v7 as uuidv7 } from 'uuid';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import type { Kit } from '../../core/kit.ts';
import { requireDataset } from './reader.ts';
import { dropUnused, type RewriteInput } from './rewrite.job.ts';

const taskKind = 'datasets.change-method';

type MethodParams = { readonly datasetId: string; readonly method: Method; readonly batch: string };

/** Looks at every example anew by the rules of another method: one task, one undoable event, the bytes as they are. */
export function createMethodChange(kit: Kit) {
  kit.tasks.register<MethodParams>(taskKind, {
    afterCrash: 'rollBack',
    async run(context) {
      const { params, workspace, signal } = context;
      const { datasetId, method, batch } = params;
      const change = { kind: 'method', method } as const;
      const input: RewriteInput = { store: workspace.address, datasetId, batch, at: kit.clock.now(), change };
      await kit.workers.run('datasets.rewrite', input, {
        signal,
        lockWriter: () => workspace.lockWriter(),
        onProgress: (one) => context.progress({ done: one.done, total: one.total }),
      });
      kit.changes.emit('datasets');
    },
    rollBack: (session, { batch }) => session.write((db) => dropUnused(db, batch)),
  });
  return async ({
    datasetId,
    method,
  }: {
    datasetId: string;
    method: Method;
  }): Promise<{ taskId: string | null }> => {
    const row = requireDataset(kit.workspace.require().db, datasetId);
    if (row.method === method) return { taskId: null };
    const params: MethodParams = { datasetId, method, batch: uuidv7() };
    const taskId = await kit.tasks.start({
      kind: taskKind,
      title: `Read “${row.name}” as ${method.toUpperCase()}`,
      params,
      subject: { feature: 'datasets', id: datasetId },
      total: row.line_count,
      unit: 'examples',
    });
    return { taskId };
  };
}
