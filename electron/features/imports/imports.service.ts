import { v7 as uuidv7 } from 'uuid';
import type { importsContract } from '../../../shared/features/imports/imports.contract.ts';
import type { Inspection, Preview, Recipe } from '../../../shared/features/imports/imports.model.ts';
import type { ExampleMethod } from '../../../shared/features/formats/formats.model.ts';
import type { ImportRecord } from '../../../shared/features/imports/provenance.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { SpoolImporter } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFile, ChosenFiles, Db } from '../../core/ports.ts';
import { createImportTask, type ImportParams, importTaskKind, requireMethod } from './import.task.ts';
import { importsOf } from './imports.sql.ts';
import type { InspectInput } from './inspect.job.ts';
import type { PreviewInput } from './preview.job.ts';
import { createRecipeHandlers, registerOperations } from './recipes.ts';
import { sourceHash } from './source-hash.ts';
import { nativeMethod } from './shape-rows.ts';

/** Offered to filters and reports: what is known about the rows of a data set, by ranges of lines. */
export type ProvenanceReader = { recordsOf(db: Db, datasetId: string): ImportRecord[] };

/** Finds out, previews and starts imports; keeps recipes and provenance. */
export function createImportsService(
  kit: Kit,
  parts: { files: ChosenFiles; importer: SpoolImporter },
): { handlers: Handlers<typeof importsContract>; provenance: ProvenanceReader } {
  kit.tasks.register(importTaskKind, createImportTask(kit, parts.importer));
  registerOperations(kit.events);
  const filesOf = (fileIds: readonly string[]): ChosenFile[] =>
    fileIds.map((fileId) => parts.files.require(fileId));
  return {
    provenance: { recordsOf: importsOf },
    handlers: {
      ...createRecipeHandlers(kit, parts.files),
      async inspect({ fileIds, read }, { signal }) {
        const input: InspectInput = { files: filesOf(fileIds), read };
        return kit.workers.run<Inspection>('imports.inspect', input, { signal });
      },
      async preview({ fileIds, recipe }, { signal }) {
        const input: PreviewInput = { files: filesOf(fileIds), recipe };
        return kit.workers.run<Preview>('imports.preview', input, { signal });
      },
      async start({ fileIds, recipe, name, again, into }) {
        const files = filesOf(fileIds);
        kit.workspace.require();
        if (into !== null) parts.importer.methodOf(into);
        const method = methodFor(recipe);
        if (into !== null && method !== null) requireMethod(parts.importer, into, method);
        if (!again) await requireNew(files, parts.importer);
        const params = await paramsOf(kit, { files, recipe, name, into });
        const taskId = await kit.tasks.start({
          kind: importTaskKind,
          title: `Import ${params.sourceName}`,
          params,
          subject: { feature: 'datasets', id: into ?? params.datasetId },
          total: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          unit: 'bytes',
        });
        return { taskId, datasetId: into ?? params.datasetId };
      },
    },
  };
}

async function paramsOf(
  kit: Kit,
  wanted: { files: readonly ChosenFile[]; recipe: Recipe; name: string | null; into: string | null },
): Promise<ImportParams> {
  const { files, recipe, name, into } = wanted;
  const [first] = files;
  if (!first) throw new Error('an import without files');
  const importId = uuidv7();
  const sourceName = files.length === 1 ? first.name : `${first.name} and ${files.length - 1} more`;
  return {
    importId,
    // Rows that are added wait under the id of their import: by it one sees whether the addition was taken back.
    datasetId: into === null ? uuidv7() : importId,
    into,
    files: files.map(({ path, name: fileName, sizeBytes }) => ({ path, name: fileName, sizeBytes })),
    name: name || nameFrom(first.name),
    sourceName,
    recipe,
    isNative: files.length === 1 && nativeMethod(recipe) !== null && (await isPlainLines(kit, first, recipe)),
  };
}

/** What the rows of a recipe are made for, where the recipe alone says so. */
function methodFor(recipe: Recipe): ExampleMethod | null {
  return recipe.shaping.kind === 'mapping' ? recipe.shaping.mapping.method : nativeMethod(recipe);
}

/** True for unpacked JSON lines in UTF-8: the ordinary import reads them where they lie. */
async function isPlainLines(kit: Kit, file: ChosenFile, { read }: Recipe): Promise<boolean> {
  const input: InspectInput = { files: [file], read };
  const { files } = await kit.workers.run<Inspection>('imports.inspect', input);
  const [found] = files;
  return (
    found?.container === 'jsonl' &&
    found.packing === 'none' &&
    (read.encoding === null || read.encoding === 'utf-8') &&
    found.encoding?.name === 'utf-8'
  );
}

/** `tickets.csv.gz` is shown as “tickets”. */
export function nameFrom(fileName: string): string {
  const bare = fileName
    .replace(/\.(?:gz|zip)$/i, '')
    .replace(/\.(?:jsonl|ndjson|json|csv|tsv|tab|parquet|xlsx|pdf|txt|md)$/i, '');
  return bare.slice(0, 120) || fileName.slice(0, 120);
}

async function requireNew(files: readonly ChosenFile[], importer: SpoolImporter): Promise<void> {
  const [file] = files;
  if (!file || files.length > 1) return;
  const known = importer.findBySource(await sha256Of(file));
  if (!known) return;
  const day = new Date(known.createdAt).toISOString().slice(0, 10);
  throw new AppFailure('ALREADY_IMPORTED', {
    what: `${file.name} was imported on ${day} already, as “${known.name}”.`,
    where: { file: file.name },
    todo: 'Open that data set, or import the file once more.',
    retry: 'never',
    subject: { feature: 'datasets', id: known.datasetId },
  });
}

async function sha256Of(file: ChosenFile): Promise<string> {
  try {
    return await sourceHash(file.path);
  } catch (error) {
    throw new AppFailure('FILE_UNREADABLE', {
      what: `The file could not be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: { file: file.name },
      todo: 'Check that it is still there and that you may read it, then import it again.',
      retry: 'now',
    });
  }
}
