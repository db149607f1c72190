import { readFileSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { splitsByCode } from '../../../shared/features/datasets/split.rules.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExportChoice, ExportPart } from '../../../shared/features/exports/exports.model.ts';
import { companionName, companionText } from '../../../shared/features/formats/companions.ts';
import type { TargetName } from '../../../shared/features/formats/formats.model.ts';
import type { ExportTarget } from '../../../shared/features/formats/targets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetState, ExampleChooser, VersionReader } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import type { WorkspaceSession } from '../../core/workspace-session.ts';
import type { WriteInput, WriteResult, WrittenRowFile } from './write.job.ts';

export const exportTaskKind = 'exports.write';

export type ExportParams = {
  datasetId: string;
  target: TargetName;
  which: ExportChoice;
  perSplit: boolean;
  path: string;
  total: number;
  hasByteOrderMark?: boolean | undefined;
};

/** What this feature needs of others. */
export type ExportRequires = {
  readonly datasetOf: (datasetId: string) => Dataset;
  readonly chooser: ExampleChooser;
  readonly versions: VersionReader;
  readonly targetNamed: (name: TargetName) => ExportTarget;
};

/** What the worker is asked, without the files. */
export async function inputFor(
  session: WorkspaceSession,
  requires: ExportRequires,
  wish: Pick<ExportParams, 'datasetId' | 'target' | 'which' | 'hasByteOrderMark'>,
): Promise<Omit<WriteInput, 'files'>> {
  const { datasetId, which } = wish;
  const dataset = requires.datasetOf(datasetId);
  const exampleIds =
    which.kind === 'filter' ? await requires.chooser.idsMatching(datasetId, which.filter) : null;
  const version = which.kind === 'version' ? requires.versions.read(which.versionId) : null;
  const state = version?.state ?? null;
  const counts = dataset.splitCounts;
  const parts = which.kind === 'splits' ? which.parts : null;
  const target = requires.targetNamed(wish.target);
  const total =
    state?.contentIds.length ??
    exampleIds?.length ??
    parts?.reduce((sum, part) => sum + counts[part], 0) ??
    dataset.exampleCount;
  return {
    store: session.address,
    datasetId,
    method: version?.method ?? dataset.method,
    target,
    hasByteOrderMark: target.offersByteOrderMark && wish.hasByteOrderMark === true,
    parts,
    exampleIds,
    state,
    total,
  };
}

/** The files of an export: the chosen place, or one beside it for each part. */
export function filesFor(
  params: ExportParams,
  dataset: Dataset,
  state: DatasetState | null,
): { path: string; part: ExportPart | null }[] {
  if (!params.perSplit) return [{ path: params.path, part: null }];
  const { dir, name, ext } = parse(params.path);
  const asked = params.which.kind === 'splits' ? params.which.parts : null;
  const parts = (['train', 'validation', 'test', 'unassigned'] as const).filter(
    (part) => countOf(part, dataset, state) > 0 && (asked === null || asked.includes(part)),
  );
  return parts.map((part) => ({ path: join(dir, `${name}-${part}${ext}`), part }));
}

function countOf(part: ExportPart, dataset: Dataset, state: DatasetState | null): number {
  if (state === null) return dataset.splitCounts[part];
  const code = splitsByCode.indexOf(part === 'unassigned' ? null : part);
  return state.splits.reduce((sum, split) => (split === code ? sum + 1 : sum), 0);
}

/** The export task: files at the place the user chose, whole or not at all, noted in the event log with their hashes. */
export function createExportTask(kit: Kit, requires: ExportRequires): TaskKind<ExportParams> {
  // Nothing in the store changes by it, so there is nothing to do or to take back.
  kit.events.register(exportTaskKind, () => {});
  return {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace } = context;
      const dataset = requires.datasetOf(params.datasetId);
      const input = await inputFor(workspace, requires, params);
      const files = filesFor(params, dataset, input.state);
      const { report, files: written } = await write(kit, context, { ...input, files });
      const companion = await writeCompanion(kit, input, written);
      const { title } = input.target;
      await workspace.write((db) =>
        kit.events.append(db, {
          feature: 'exports',
          kind: 'exports.written',
          label: `export ${report.written} examples of “${dataset.name}” as ${title}`,
          forward: {
            kind: exportTaskKind,
            args: {
              datasetId: params.datasetId,
              target: params.target,
              which: params.which,
              written: report.written,
              leftOut: report.examples - report.written,
              lostFields: report.losses.length,
              files: written.map(({ path, sha256, sizeBytes, rows }) => ({ path, sha256, sizeBytes, rows })),
              companion,
            },
          },
          inverse: null,
        }),
      );
      kit.changes.emit('workspaces');
    },
  };
}

function write(kit: Kit, context: TaskContext<ExportParams>, input: WriteInput): Promise<WriteResult> {
  return kit.workers.run<WriteResult>('exports.write', input, {
    signal: context.signal,
    onProgress: ({ done, total }) => context.progress({ done, total, unit: 'examples' }),
  });
}

/** Writes what the target wants beside its rows; answers its path, or null. */
async function writeCompanion(
  kit: Kit,
  { target, method }: Omit<WriteInput, 'files'>,
  written: readonly WrittenRowFile[],
): Promise<string | null> {
  const name = companionName(target.name);
  const [first] = written;
  if (name === null || first === undefined) return null;
  const path = join(dirname(first.path), name);
  const files = written.map((file) => ({
    fileName: basename(file.path),
    method,
    columns: new Set(file.columns),
  }));
  const text = companionText(target.name, files, textIn(path));
  if (text === null) {
    throw new AppFailure('FILE_UNREADABLE', {
      what: `The rows were written, but ${name} in that folder is no registry of data sets.`,
      where: { file: path },
      todo: 'Move that file away and export again.',
      retry: 'now',
    });
  }
  await kit.atomicFiles.write(path, text);
  return path;
}

function textIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
