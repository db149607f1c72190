import { exportTargets, targetNamed } from '../../../shared/features/formats/targets.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { exportsContract } from '../../../shared/features/exports/exports.contract.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetState, ExampleChooser, PrivacyGate, VersionReader } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import { createExportTask, exportTaskKind, type ExportParams, inputFor } from './export.task.ts';
import type { WriteResult } from './write.job.ts';

/** Ways out of a data set: looks at what a target cannot hold, then writes; personal data may stop it. */
export function createExportsService(
  kit: Kit,
  parts: {
    files: Pick<ChosenFiles, 'requireDestination'>;
    datasetOf: (datasetId: string) => Dataset;
    chooser: ExampleChooser;
    versions: VersionReader;
    gate: Pick<PrivacyGate, 'blockOf' | 'blockOfContents'>;
  },
): { handlers: Handlers<typeof exportsContract> } {
  const targets = () => exportTargets.parse(kit.resources.readJson('export-formats.json')).targets;
  const requires = {
    datasetOf: parts.datasetOf,
    chooser: parts.chooser,
    versions: parts.versions,
    targetNamed: (name: ExportParams['target']) => targetNamed(targets(), name),
  };
  const blockFor = async (datasetId: string, state: DatasetState | null) =>
    state === null ? parts.gate.blockOf(datasetId) : parts.gate.blockOfContents(datasetId, state.contentIds);
  kit.tasks.register(exportTaskKind, createExportTask(kit, requires));
  return {
    handlers: {
      targets: () => ({ targets: targets() }),
      async preview(wish, { signal }) {
        const input = await inputFor(kit.workspace.require(), requires, wish);
        const job = { ...input, files: null };
        const { report } = await kit.workers.run<WriteResult>('exports.write', job, { signal });
        return { report, block: await blockFor(wish.datasetId, input.state) };
      },
      async start({ destinationId, ...wish }) {
        const dataset = parts.datasetOf(wish.datasetId);
        const { path } = parts.files.requireDestination(destinationId);
        const { total, state } = await inputFor(kit.workspace.require(), requires, wish);
        const block = await blockFor(wish.datasetId, state);
        if (block) throw heldBack(wish.datasetId, block);
        if (total === 0) throw nothingToExport(dataset.name);
        const taskId = await kit.tasks.start<ExportParams>({
          kind: exportTaskKind,
          title: `Export “${dataset.name}”`,
          params: { ...wish, path, total },
          subject: { feature: 'datasets', id: wish.datasetId },
          total,
          unit: 'examples',
        });
        return { taskId };
      },
    },
  };
}

function heldBack(datasetId: string, { what, todo }: { what: string; todo: string }): AppFailure {
  return new AppFailure('PERSONAL_DATA_UNRESOLVED', {
    what,
    todo,
    retry: 'never',
    subject: { feature: 'privacy', id: datasetId },
  });
}

function nothingToExport(name: string): AppFailure {
  return new AppFailure('SPLIT_IMPOSSIBLE', {
    what: `None of the examples of “${name}” is in what was chosen.`,
    todo: 'Choose another part, or clear the filter.',
    retry: 'never',
  });
}
