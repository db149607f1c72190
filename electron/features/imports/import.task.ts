import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExampleMethod } from '../../../shared/features/formats/formats.model.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import type { ImportRecord } from '../../../shared/features/imports/provenance.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { SpoolImporter } from '../../core/dataset-ports.ts';
import { newSpoolKey } from '../../core/spool-cipher.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import type { ConvertInput, ConvertResult } from './convert.job.ts';
import type { ImportFile } from './batch-inputs.ts';
import { insertImport, isImported } from './imports.sql.ts';
import { nativeMethod } from './shape-rows.ts';

export const importTaskKind = 'imports.import';

/** What an import was asked to do; written down with the task, so that it can begin again after a crash. */
export type ImportParams = {
  readonly importId: string;
  /** The data set the import makes; for rows that are added to another, what holds them until then. */
  readonly datasetId: string;
  readonly into: string | null;
  readonly files: readonly (ImportFile & { readonly sizeBytes: number })[];
  readonly name: string;
  readonly sourceName: string;
  readonly recipe: Recipe;
  /** True for a file that already is what the import of a data set reads: nothing has to be converted. */
  readonly isNative: boolean;
};

/** Share of the progress that converting takes. */
const convertingShare = 0.5;

/**
 * The import task: files become a spool of JSON lines in a worker, the ordinary import reads the spool, and the import is
 * written down with its provenance. Every step can be done again, so a crash only means to begin anew.
 */
export function createImportTask(kit: Kit, importer: SpoolImporter): TaskKind<ImportParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace } = context;
      if (isImported(workspace.db, params.importId)) return;
      const folder = join(workspace.folder, 'staging');
      const place = {
        spool: join(folder, `import-${params.importId}.jsonl`),
        aside: join(folder, `import-${params.importId}.aside.jsonl`),
        spoolKey: newSpoolKey(),
        asideKey: newSpoolKey(),
      };
      mkdirSync(folder, { recursive: true });
      try {
        const record = params.isNative
          ? await importAsItIs(importer, context)
          : await importConverted({ kit, importer, place }, context);
        const { into, recipe, datasetId } = params;
        const placed = into === null ? record : await append(importer, record, { datasetId, into });
        await workspace.write((db) => insertImport(db, into ?? datasetId, { record: placed, recipe }));
        kit.changes.emit('imports');
      } finally {
        for (const path of [place.spool, place.aside]) rmSync(path, { force: true });
      }
    },
  };
}

/** Adds what was imported to another data set; its lines count on there. */
async function append(
  importer: SpoolImporter,
  record: ImportRecord,
  { datasetId, into }: { datasetId: string; into: string },
): Promise<ImportRecord> {
  const { afterLine } = await importer.appendStaged(datasetId, into);
  return {
    ...record,
    firstLine: record.firstLine + afterLine,
    lastLine: record.lastLine + afterLine,
    files: record.files.map((file) => ({ ...file, lineBase: file.lineBase + afterLine })),
  };
}

async function importAsItIs(
  importer: SpoolImporter,
  context: TaskContext<ImportParams>,
): Promise<ImportRecord> {
  const { params } = context;
  const [file] = params.files;
  if (!file) throw new Error('an import without files');
  const { datasetId, name, sourceName } = params;
  const method = nativeMethod(params.recipe);
  await importer.importSpool(
    {
      datasetId,
      path: file.path,
      name,
      sourceName,
      ...(method ? { method } : {}),
      isStaged: params.into !== null,
    },
    context,
  );
  const origin = importer.originOf(datasetId);
  const { sha256, sizeBytes } = origin;
  return recordOf(params, origin, [{ name: file.name, sha256, sizeBytes, lineBase: 0 }]);
}

async function importConverted(
  parts: { kit: Kit; importer: SpoolImporter; place: Omit<ConvertInput, 'files' | 'recipe'> },
  context: TaskContext<ImportParams>,
): Promise<ImportRecord> {
  const { kit, importer, place } = parts;
  const { params, signal } = context;
  const total = params.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const input: ConvertInput = { files: params.files, recipe: params.recipe, ...place };
  const done = await kit.workers.run<ConvertResult>('imports.convert', input, {
    signal,
    onProgress: (progress) =>
      context.progress({
        done: Math.round(progress.done * convertingShare),
        total,
        unit: 'bytes',
        message: 'Reading and converting',
      }),
  });
  const { datasetId, name, sourceName, into } = params;
  if (into !== null && done.method !== null) requireMethod(importer, into, done.method);
  const [first] = done.files;
  await importer.importSpool(
    {
      datasetId,
      path: place.spool,
      key: place.spoolKey,
      name,
      sourceName,
      method: done.method ?? 'sft',
      isStaged: into !== null,
    },
    {
      taskId: context.taskId,
      signal,
      workspace: context.workspace,
      isResumed: context.isResumed,
      progress: ({ done: read, total: all, message }) =>
        context.progress({
          done: Math.round(total * (convertingShare + (1 - convertingShare) * (all > 0 ? read / all : 1))),
          total,
          unit: 'bytes',
          ...(message === undefined ? {} : { message }),
        }),
    },
  );
  await importer.setOrigin(datasetId, {
    sha256: first?.sha256 ?? '',
    sizeBytes: done.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    quarantined: place.aside,
    key: place.asideKey,
  });
  return recordOf(params, importer.originOf(datasetId), done.files);
}

/** Throws INVALID_CONTENT when rows are made for another method than the data set they are to be added to. */
export function requireMethod(importer: SpoolImporter, datasetId: string, method: ExampleMethod): void {
  const wanted = importer.methodOf(datasetId);
  if (wanted === method) return;
  throw new AppFailure('INVALID_CONTENT', {
    what: `These rows are made for ${method.toUpperCase()}; the data set they would be added to is for ${wanted.toUpperCase()}.`,
    todo: 'Import them as a data set of their own, or choose another mapping.',
    retry: 'never',
    subject: { feature: 'datasets', id: datasetId },
  });
}

function recordOf(
  params: ImportParams,
  origin: ReturnType<SpoolImporter['originOf']>,
  files: ImportRecord['files'],
): ImportRecord {
  return {
    importId: params.importId,
    at: origin.at,
    sourceName: params.sourceName,
    firstLine: 1,
    lastLine: origin.lastLine,
    rows: origin.rows,
    quarantined: origin.quarantined,
    files,
    provenance: params.recipe.provenance,
  };
}
