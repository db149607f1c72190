import type { DuplicateSearch, RowSketches } from '../../core/dataset-ports.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext } from '../../core/tasks.ts';
import type { CompareInput } from './compare.job.ts';
import { isCompared } from './comparisons.sql.ts';

const compareKind = 'quality.compare';
/** Smaller data sets are compared when somebody asks for an analysis, which takes a second then. */
const fewExamples = 4000;

type CompareParams = { readonly datasetId: string };

/** Registers the look for duplicates that is the last part of a large import; cut off, it begins again. */
export function createComparing(
  kit: Kit,
  requires: { readonly datasets: Pick<DatasetReader, 'facts'> },
): DuplicateSearch {
  const handedOver = new Map<string, RowSketches>();
  const running = new Set<Promise<void>>();
  kit.tasks.register<CompareParams>(compareKind, {
    afterCrash: 'resume',
    async run(context) {
      const ended = Promise.withResolvers<void>();
      running.add(ended.promise);
      try {
        await compare(context);
      } finally {
        running.delete(ended.promise);
        ended.resolve();
      }
    },
  });
  const compare = async (context: TaskContext<CompareParams>): Promise<void> => {
    const { params, workspace, signal } = context;
    const input: CompareInput = {
      store: workspace.address,
      datasetId: params.datasetId,
      examples: requires.datasets.facts(params.datasetId).exampleCount,
      at: kit.clock.now(),
      sketches: handedOver.get(params.datasetId) ?? null,
    };
    handedOver.delete(params.datasetId);
    await kit.workers.run('quality.compare', input, {
      signal,
      lockWriter: () => workspace.lockWriter(),
      onProgress: ({ done, total }) => context.progress({ done, total, unit: '' }),
    });
    kit.changes.emit('quality');
    kit.changes.emit('datasets');
  };
  return {
    isDone: isCompared,
    async settled(signal) {
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve(), { once: true });
      while (running.size > 0 && !signal.aborted) await Promise.race([Promise.all(running), aborted]);
    },
    async begin(datasetId, sketches) {
      const { name, exampleCount } = requires.datasets.facts(datasetId);
      if (exampleCount <= fewExamples) return;
      if (sketches) handedOver.set(datasetId, sketches);
      await kit.tasks.start<CompareParams>({
        kind: compareKind,
        title: `Look for duplicates in “${name}”`,
        params: { datasetId },
        subject: { feature: 'quality', id: datasetId },
        total: exampleCount * 2,
        unit: '',
      });
    },
  };
}
