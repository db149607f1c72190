import { v7 as uuidv7 } from 'uuid';
import { basename } from 'node:path';
import type { datasetsContract } from '../../../shared/features/datasets/datasets.contract.ts';
import type { Dataset, LeakReport, Method } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type {
  DuplicateSearch,
  RowSketches,
  ExampleChooser,
  ExampleRewriter,
  ReadinessReader,
  SpoolImporter,
} from '../../core/dataset-ports.ts';
import type { DatasetReader, DemoImporter } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { createWorkerService } from '../../core/worker-service.ts';
import type { ChosenFiles, Db } from '../../core/ports.ts';
import { type DatasetRow, findBySource, listDatasets, quarantinePage, toDataset } from './datasets.sql.ts';
import { createBulkHandlers, createMakeBulk } from './bulk-handlers.ts';
import { createExampleHandlers } from './example-handlers.ts';
import { fingerprintOf } from './fingerprint.ts';
import { createImportTask, importTaskKind, type ImportParams } from './import.task.ts';
import { createMethodChange } from './method-change.ts';
import { methodOfFile } from './method-of-file.ts';
import { createSearchIndexing, isSearchable } from './search-indexing.ts';
import type { LeaksInput } from './leaks.job.ts';
import { operations, registerOperations } from './operations.ts';
import { createReadinessReader } from './readiness-reader.ts';
import { createRewriter } from './rewriter.ts';
import { type CountCache, createCountCache } from './count-cache.ts';
import { createDatasetReader, requireDataset } from './reader.ts';
import { createSpoolImporter } from './spool-importer.ts';
import type { SplitInput, SplitOutcome } from './split.job.ts';
import { wholeFindings } from './whole-findings.ts';
import { createReviewBlock, createReviewHandlers, type ReviewBlock } from './review-handlers.ts';
import { createViewHandlers } from './view-handlers.ts';
import { Views } from './views.ts';

type DatasetHandlers = Handlers<typeof datasetsContract>;
const maxShownRawCharacters = 20_000;

type DatasetService = {
  handlers: DatasetHandlers;
  reader: DatasetReader;
  demo: DemoImporter;
  rewriter: ExampleRewriter;
  importer: SpoolImporter;
  readiness: ReadinessReader;
  reviewBlock: ReviewBlock;
  chooser: ExampleChooser;
  datasetOf: (datasetId: string) => Dataset;
};

/** Import, check, browse, edit and split training data; `reader`, `demo` and `rewriter` are what other features use. */
export function createDatasetsService(
  kit: Kit,
  parts: { files: ChosenFiles; duplicates: DuplicateSearch },
): DatasetService {
  const views = new Views(() =>
    createWorkerService(kit.workers, 'datasets.view', () => ({ store: kit.workspace.require().address })),
  );
  const counts = createCountCache((row) => views.counts(row));
  const rewriter = createRewriter(kit);
  const searchIndex = createSearchIndexing(kit, parts.duplicates);
  const afterImport = async (datasetId: string, sketches: RowSketches | null): Promise<void> => {
    await parts.duplicates.begin(datasetId, sketches);
    await searchIndex.begin(datasetId);
  };
  kit.tasks.register(importTaskKind, createImportTask(kit, afterImport));
  const makeBulk = createMakeBulk(kit);
  registerOperations(kit.events);
  kit.workspace.onClose(() => views.clear());
  const shown = (db: Db, row: DatasetRow): Dataset =>
    toDataset(row, {
      ...counts.of(db, row),
      isSearchable: isSearchable(db, row),
      isCompared: parts.duplicates.isDone(db, row.id),
    });
  const summaryOf = (db: Db, datasetId: string): Dataset => shown(db, requireDataset(db, datasetId));

  return {
    reader: createDatasetReader(kit, (db, row) => counts.of(db, row)),
    rewriter,
    datasetOf: (datasetId) => summaryOf(kit.workspace.require().db, datasetId),
    chooser: createChooser(kit, views),
    importer: createSpoolImporter(kit, afterImport),
    readiness: createReadinessReader(kit),
    reviewBlock: createReviewBlock(kit, summaryOf),
    demo: {
      async importDemo({ name, path }) {
        const fingerprint = await fingerprintOf(path);
        return startImport(kit, { path, name, sourceName: basename(path), isDemo: true, fingerprint });
      },
    },
    handlers: {
      ...createSummaries(kit, { counts, shown }),
      ...createImportHandlers(kit, parts.files),
      ...createViewHandlers(kit, views, searchIndex),
      ...createExampleHandlers(kit, { makeBulk, views }),
      ...createBulkHandlers(kit, { views, rewriter, makeBulk }),
      ...createReviewHandlers(kit),
      ...createDatasetHandlers(kit),
      changeMethod: createMethodChange(kit),
    },
  };
}

/** What is said of data sets as wholes; large ones are counted in a thread first. */
function createSummaries(
  kit: Kit,
  { counts, shown }: { counts: CountCache; shown: (db: Db, row: DatasetRow) => Dataset },
): Pick<DatasetHandlers, 'list' | 'get' | 'datasetFindings'> {
  const summaryOf = async (datasetId: string): Promise<Dataset> => {
    const { db } = kit.workspace.require();
    await counts.countAhead(db, requireDataset(db, datasetId));
    return shown(db, requireDataset(db, datasetId));
  };
  return {
    async list() {
      const { db } = kit.workspace.require();
      for (const row of listDatasets(db)) await counts.countAhead(db, row);
      return listDatasets(db).map((row) => shown(db, row));
    },
    get: ({ datasetId }) => summaryOf(datasetId),
    async datasetFindings({ datasetId }) {
      const summary = await summaryOf(datasetId);
      const { db } = kit.workspace.require();
      return wholeFindings(kit, summary, counts.of(db, requireDataset(db, datasetId)));
    },
  };
}

async function startImport(
  kit: Kit,
  source: Omit<ImportParams, 'datasetId' | 'method'> & { readonly method?: Method | null },
): Promise<{ taskId: string; datasetId: string }> {
  const { fingerprint } = source;
  const method = source.method ?? methodOfFile(source.path);
  const params: ImportParams = { ...source, method, datasetId: uuidv7() };
  const taskId = await kit.tasks.start({
    kind: importTaskKind,
    title: `Import ${source.sourceName}`,
    params,
    subject: { feature: 'datasets', id: params.datasetId },
    total: fingerprint.sizeBytes,
    unit: 'bytes',
  });
  return { taskId, datasetId: params.datasetId };
}

function createChooser(kit: Kit, views: Views): ExampleChooser {
  return {
    async idsMatching(datasetId, filter) {
      const row = requireDataset(kit.workspace.require().db, datasetId);
      const order = { by: 'position', isDescending: false } as const;
      const { view } = await views.open(row, { filter, order, mayIndex: false });
      return view.ids;
    },
  };
}

/** `tickets.jsonl` is shown as “tickets”. */
function nameFrom(fileName: string): string {
  return fileName.replace(/\.(?:jsonl|ndjson|json|txt)$/i, '').slice(0, 120) || fileName;
}

function createImportHandlers(
  kit: Kit,
  files: Pick<ChosenFiles, 'require'>,
): Pick<DatasetHandlers, 'importFile' | 'quarantine'> {
  return {
    async importFile({ fileId, name, again, method }) {
      const { db } = kit.workspace.require();
      const file = files.require(fileId);
      const fingerprint = await fingerprintOf(file.path);
      const known = again ? undefined : findBySource(db, fingerprint.sha256);
      if (known) throw alreadyImported(file.name, known);
      return startImport(kit, {
        path: file.path,
        name: name || nameFrom(file.name),
        sourceName: file.name,
        isDemo: false,
        method,
        fingerprint,
      });
    },
    quarantine({ datasetId, afterLine, limit }) {
      const { db } = kit.workspace.require();
      const row = requireDataset(db, datasetId);
      const lines = quarantinePage(db, row.key, { afterLine, limit }).map((one) => ({
        line: one.line,
        byteOffset: one.byte_offset,
        code: one.code,
        message: one.message,
        raw: Buffer.from(one.raw).toString('utf8').slice(0, maxShownRawCharacters).toWellFormed(),
      }));
      return { lines, total: row.quarantined_count };
    },
  };
}

function alreadyImported(
  fileName: string,
  known: { id: string; name: string; created_at: number },
): AppFailure {
  const day = new Date(known.created_at).toISOString().slice(0, 10);
  return new AppFailure('ALREADY_IMPORTED', {
    what: `${fileName} was imported on ${day} already, as “${known.name}”.`,
    where: { file: fileName },
    todo: 'Open that data set, or import the file once more.',
    retry: 'never',
    subject: { feature: 'datasets', id: known.id },
  });
}

function createDatasetHandlers(
  kit: Kit,
): Pick<DatasetHandlers, 'rename' | 'delete' | 'previewSplit' | 'split' | 'checkLeaks'> {
  const runSplit = async (input: Omit<SplitInput, 'store' | 'at'>): Promise<SplitOutcome> => {
    const session = kit.workspace.require();
    requireDataset(session.db, input.datasetId);
    const full: SplitInput = { ...input, store: session.address, at: kit.clock.now() };
    return kit.workers.run<SplitOutcome>('datasets.split', full, { lockWriter: () => session.lockWriter() });
  };
  return {
    async rename({ datasetId, name }) {
      await kit.workspace.require().write((db) => {
        const row = requireDataset(db, datasetId);
        kit.events.run(db, {
          feature: 'datasets',
          kind: 'datasets.renamed',
          label: `rename “${row.name}” to “${name}”`,
          forward: operations.rename(datasetId, name),
          inverse: operations.rename(datasetId, row.name),
        });
      });
      kit.changes.emit('datasets');
      return {};
    },
    async delete({ datasetId }) {
      await kit.workspace.require().write((db) => {
        const row = requireDataset(db, datasetId);
        kit.events.run(db, {
          feature: 'datasets',
          kind: 'datasets.deleted',
          label: `delete data set “${row.name}”`,
          forward: operations.show(datasetId, true),
          inverse: operations.show(datasetId, false),
        });
      });
      kit.changes.emit('datasets');
      return {};
    },
    checkLeaks({ datasetId }, { signal }) {
      const session = kit.workspace.require();
      requireDataset(session.db, datasetId);
      const input: LeaksInput = { store: session.address, datasetId };
      return kit.workers.run<LeakReport>('datasets.leaks', input, { signal });
    },
    previewSplit: ({ datasetId, recipe }) => runSplit({ datasetId, recipe, isApplied: false }),
    async split({ datasetId, recipe }) {
      const { counts } = await runSplit({ datasetId, recipe, isApplied: true });
      kit.changes.emit('datasets');
      return { counts };
    },
  };
}
