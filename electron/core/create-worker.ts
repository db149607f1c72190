import { serveWorkerThread } from '../adapters/workers/worker-thread.ts';
import { AppFailure } from '../../shared/failures.ts';
import { diskFullOf } from './disk-full.ts';
import type { ExampleTransforms } from './dataset-ports.ts';
import type { WorkerJob } from './ports.ts';

/** What features can do to the examples of a data set, by name; see ExampleTransform. */
const transforms: ExampleTransforms = {
  'datasets.replace': async () =>
    (await import('../features/datasets/bulk-transforms.ts')).createReplaceTransform(),
  'datasets.system-prompt': async () =>
    (await import('../features/datasets/bulk-transforms.ts')).systemPromptTransform,
  'privacy.replace': async () =>
    (await import('../../shared/features/privacy/apply-edits.ts')).replaceTransform,
};

type Jobs = Readonly<Record<string, WorkerJob>>;

const openStore = async () => (await import('../adapters/sqlite/open-database.ts')).openDatabase;
const openTokens = async () => (await import('../adapters/tokens/token-counters.ts')).createTokenCounters();

/**
 * The worker program: every job that runs off the main thread, by the feature its name begins with. The thread-side
 * twin of create-core.ts. A thread runs one job, so it loads only that feature's code.
 */
const features: Readonly<Record<string, () => Promise<Jobs>>> = {
  async workspaces() {
    const { createWorkspaceJobs } = await import('../features/workspaces/workspaces.jobs.ts');
    return createWorkspaceJobs(await openStore());
  },
  async datasets() {
    const { readPicture } = await import('../adapters/pictures/read-picture.ts');
    const { datasetJobs } = await import('../features/datasets/datasets.jobs.ts');
    const tokens = await openTokens();
    return datasetJobs({
      openStore: await openStore(),
      createCounter: (encoding = 'o200k_base') => tokens.counter(encoding),
      plainLines: (encoding) => tokens.plainLines(encoding),
      readPicture,
      transforms,
    });
  },
  async imports() {
    const { importJobs } = await import('../features/imports/imports.jobs.ts');
    const { openSource } = await import('../adapters/readers/open-source.ts');
    const { previewEncodings } = await import('../adapters/readers/text-encoding.ts');
    const { codecs } = await import('../../shared/features/formats/formats.registry.ts');
    const { createExampleCheck } = await import('../features/datasets/example-check.ts');
    const tokens = await openTokens();
    const check = createExampleCheck(() => tokens.counter('o200k_base'));
    return importJobs({ openSource, previewEncodings, codecs: Object.values(codecs), check });
  },
  async readers() {
    const { createRowsJob } = await import('../adapters/readers/contained-rows.job.ts');
    return { 'readers.rows': createRowsJob() };
  },
  async exports() {
    const { createWriteJob } = await import('../features/exports/write.job.ts');
    const { streamExamples } = await import('../features/datasets/example-stream.ts');
    const { datasetStates } = await import('../features/datasets/states.sql.ts');
    const { openRowFile } = await import('../adapters/writers/row-file.ts');
    const parts = {
      openStore: await openStore(),
      examples: streamExamples,
      states: datasetStates,
      openRowFile,
    };
    return { 'exports.write': createWriteJob(parts) };
  },
  async versions() {
    const { versionJobs } = await import('../features/versions/versions.jobs.ts');
    const { datasetStates } = await import('../features/datasets/states.sql.ts');
    return versionJobs({ openStore: await openStore(), states: datasetStates });
  },
  async privacy() {
    const { packageRoot } = await import('../adapters/files/package-root.ts');
    const { readLines } = await import('../features/datasets/line-file.ts');
    const { openDetector } = await import('../features/privacy/word-lists.ts');
    const { privacyJobs } = await import('../features/privacy/privacy.jobs.ts');
    const { streamExamples } = await import('../features/datasets/example-stream.ts');
    const { replaceMarks } = await import('../features/datasets/marks.sql.ts');
    return privacyJobs({
      readLines,
      openStore: await openStore(),
      streamExamples,
      replaceMarks,
      openDetector: () => openDetector(`${packageRoot()}/resources/privacy`),
    });
  },
  async quality() {
    const { qualityJobs } = await import('../features/quality/quality.jobs.ts');
    const { datasetStates } = await import('../features/datasets/states.sql.ts');
    const { streamExamples } = await import('../features/datasets/example-stream.ts');
    const { replaceMarks } = await import('../features/datasets/marks.sql.ts');
    const { lookUpExamples } = await import('../features/datasets/lookup.sql.ts');
    const { decodeUtf8, readLines } = await import('../features/datasets/line-file.ts');
    return qualityJobs({
      openStore: await openStore(),
      states: datasetStates,
      examples: streamExamples,
      replaceMarks,
      lookup: lookUpExamples,
      reading: { readLines, decode: decodeUtf8 },
      createEnglishWords: async () =>
        (await import('../adapters/spelling/english-words.ts')).createEnglishWords(),
    });
  },
  async preferences() {
    const { preferenceJobs } = await import('../features/preferences/preferences.jobs.ts');
    const { streamExamples } = await import('../features/datasets/example-stream.ts');
    const { streamAnsweredItems } = await import('../features/evals/items.sql.ts');
    const { decodeUtf8, readLines } = await import('../features/datasets/line-file.ts');
    const { openRowFile } = await import('../adapters/writers/row-file.ts');
    const { packageRoot } = await import('../adapters/files/package-root.ts');
    const { openDetector } = await import('../features/privacy/word-lists.ts');
    const { createSchemaChecker } = await import('../features/datasets/schema-checker.ts');
    const tokens = await openTokens();
    return preferenceJobs({
      openRowFile,
      openDetector: () => openDetector(`${packageRoot()}/resources/privacy`),
      createSchemaChecker,
      openStore: await openStore(),
      createCounter: () => tokens.counter('o200k_base'),
      examples: streamExamples,
      items: streamAnsweredItems,
      readLines,
      decode: decodeUtf8,
    });
  },
  async ballots() {
    const { ballotJobs } = await import('../features/preferences/ballots.jobs.ts');
    const { readPageProgram } = await import('../adapters/review-page/page-program.ts');
    return ballotJobs({ openStore: await openStore(), readPageProgram });
  },
  async evals() {
    const { createGradeJob } = await import('../features/evals/evals.grade.ts');
    return { 'evals.grade': createGradeJob(await openStore()) };
  },
  async practice() {
    const { createCountJob } = await import('../practice/usage-counter.ts');
    const { createTrainJob } = await import('../practice/train.job.ts');
    const { createPracticeTokens } = await import('../practice/practice-tokens.ts');
    const tokens = createPracticeTokens(await openTokens());
    return {
      'practice.count': createCountJob(tokens),
      'practice.train': createTrainJob({
        openDatabase: await openStore(),
        now: () => Date.now(),
        countTokens: (example) => tokens.example(example),
      }),
    };
  },
};

/** Jobs of an import: several threads start at once and each lasts seconds only, so they load nothing but their own code. */
const importJobs: Readonly<Record<string, () => Promise<WorkerJob>>> = {
  async 'datasets.parse'() {
    const { createParseJob } = await import('../features/datasets/parse.job.ts');
    const tokens = await openTokens();
    return createParseJob({
      createCounter: (encoding = 'o200k_base') => tokens.counter(encoding),
      plainLines: (encoding) => tokens.plainLines(encoding),
    });
  },
  async 'datasets.write'() {
    const { createWriteJob } = await import('../features/datasets/write.job.ts');
    return createWriteJob({ openStore: await openStore() });
  },
  async 'datasets.index'() {
    const { createIndexJob } = await import('../features/datasets/search-index.job.ts');
    return createIndexJob({ openStore: await openStore() });
  },
  async 'datasets.names'() {
    const { createNamesJob } = await import('../features/datasets/match.job.ts');
    return createNamesJob({ openStore: await openStore() });
  },
  async 'quality.compare'() {
    const { createCompareJob } = await import('../features/quality/compare.job.ts');
    const { datasetStates } = await import('../features/datasets/states.sql.ts');
    const { streamExamples } = await import('../features/datasets/example-stream.ts');
    return createCompareJob({
      openStore: await openStore(),
      states: datasetStates,
      examples: streamExamples,
    });
  },
};

await serveWorkerThread(
  async (name) => (await importJobs[name]?.()) ?? (await features[name.split('.')[0] ?? '']?.())?.[name],
  (error) => {
    const known = error instanceof AppFailure ? error : diskFullOf(error);
    return {
      code: known?.code ?? null,
      data: known?.data ?? null,
      message: error instanceof Error ? error.message : String(error),
    };
  },
);
