import type { datasetsContract } from '../../../shared/features/datasets/datasets.contract.ts';
import type { Dataset, SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles, Db } from '../../core/ports.ts';
import type { TaskKind } from '../../core/tasks.ts';
import { writeLines } from './lines.ts';
import { requireDataset } from './reader.ts';

const exportTaskKind = 'datasets.export';

type ExportParams = { datasetId: string; split: SplitName | 'all'; path: string; total: number };

/** The export task: a JSONL file at the place the user chose, whole or not at all, noted in the event log. */
function createExportTask(kit: Pick<Kit, 'atomicFiles' | 'events' | 'changes'>): TaskKind<ExportParams> {
  // Nothing in the store changes by it, so there is nothing to do or to take back.
  kit.events.register('datasets.export', () => {});
  return {
    afterCrash: 'resume',
    async run(context) {
      const { workspace, signal } = context;
      const { datasetId, split, path, total } = context.params;
      const row = requireDataset(workspace.db, datasetId);
      const onExamples = (done: number): void => {
        if (signal.aborted) throw cancelled();
        context.progress({ done, total, unit: 'examples' });
      };
      const written = await writeLines(kit, {
        db: workspace.db,
        key: row.key,
        split,
        file: path,
        onExamples,
      });
      await workspace.write((db) =>
        kit.events.append(db, {
          feature: 'datasets',
          kind: 'datasets.exported',
          label: `export ${written.examples} examples of “${row.name}”`,
          forward: { kind: 'datasets.export', args: { datasetId, split, path, ...written } },
          inverse: null,
        }),
      );
      kit.changes.emit('workspaces');
    },
  };
}

type ExportHandler = Pick<Handlers<typeof datasetsContract>, 'exportFile'>;

/** Starts exports; `summaryOf` is the data set with its counts. */
export function createExportHandler(
  kit: Kit,
  parts: {
    files: Pick<ChosenFiles, 'requireDestination'>;
    summaryOf: (db: Db, datasetId: string) => Dataset;
  },
): ExportHandler {
  kit.tasks.register(exportTaskKind, createExportTask(kit));
  return {
    async exportFile({ datasetId, split, destinationId }) {
      const dataset = parts.summaryOf(kit.workspace.require().db, datasetId);
      const total = split === 'all' ? dataset.exampleCount : dataset.splitCounts[split];
      if (total === 0) throw nothingToExport(dataset.name, split);
      const { path } = parts.files.requireDestination(destinationId);
      const taskId = await kit.tasks.start<ExportParams>({
        kind: exportTaskKind,
        title: `Export “${dataset.name}”`,
        params: { datasetId, split, path, total },
        subject: { feature: 'datasets', id: datasetId },
        total,
        unit: 'examples',
      });
      return { taskId };
    },
  };
}

function nothingToExport(name: string, split: string): AppFailure {
  return new AppFailure('SPLIT_IMPOSSIBLE', {
    what: `“${name}” has no examples${split === 'all' ? '' : ` in its ${split} split`}.`,
    todo: 'Choose another part, or split the data set first.',
    retry: 'never',
  });
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The export was cancelled; no file was written.',
    todo: 'Nothing needs to be done.',
    retry: 'now',
  });
}
