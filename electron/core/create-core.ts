import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { createActivityService } from '../features/activity/activity.service.ts';
import { createCostsService } from '../features/costs/costs.service.ts';
import { createDatasetsService } from '../features/datasets/datasets.service.ts';
import { createEgressService } from '../features/egress/egress.service.ts';
import { createEvalsService } from '../features/evals/evals.service.ts';
import { createExportsService } from '../features/exports/exports.service.ts';
import { createFilesService } from '../features/files/files.service.ts';
import { createImportsService } from '../features/imports/imports.service.ts';
import { createJobsService } from '../features/jobs/jobs.service.ts';
import { createBallotsService } from '../features/preferences/ballots.service.ts';
import { createGenerationService } from '../features/preferences/generation.service.ts';
import { createOutcomeService } from '../features/preferences/outcome.service.ts';
import { createPreferencesService } from '../features/preferences/preferences.service.ts';
import { createTrustService } from '../features/preferences/trust.service.ts';
import { createPrivacyService } from '../features/privacy/privacy.service.ts';
import { createProvidersService } from '../features/providers/providers.service.ts';
import { createQualityService } from '../features/quality/quality.service.ts';
import { createModerationService } from '../features/quality/moderation.service.ts';
import { createReadinessService } from '../features/quality/readiness.service.ts';
import { createReportsService } from '../features/reports/reports.service.ts';
import { createSettingsService } from '../features/settings/settings.service.ts';
import { createVersionsService } from '../features/versions/versions.service.ts';
import { createWorkspacesService } from '../features/workspaces/workspaces.service.ts';
import { lookUpExamples } from '../features/datasets/lookup.sql.ts';
import { createExampleRemover } from '../features/datasets/remover.ts';
import { datasetStates } from '../features/datasets/states.sql.ts';
import { logFileOf } from '../adapters/files/file-log.ts';
import { packageVersion } from '../adapters/files/package-root.ts';
import { createOpenAiProvider } from '../adapters/openai/openai-provider.ts';
import { sqliteVersion } from '../adapters/sqlite/open-database.ts';
import { createWorkspaceStores } from '../adapters/sqlite/workspace-stores.ts';
import { createPracticeHost } from '../practice/practice-host.ts';
import { createChanges } from './changes.ts';
import { EventLog } from './event-log.ts';
import type { Kit } from './kit.ts';
import { lateDuplicates } from './late-duplicates.ts';
import type { Ports } from './ports.ts';
import { createErrorInterceptor, createRouter } from './router.ts';
import { Tasks } from './tasks.ts';
import { createWorkspaceSwitch, type WorkspaceSwitch } from './workspace-session.ts';

/** Everything one feature offers another, in the order of who needs whom. */
function createFeatures(kit: Kit) {
  const practice = createPracticeHost(kit);
  const egress = createEgressService(kit);
  const files = createFilesService(kit);
  const duplicates = lateDuplicates(() => quality.duplicates);
  const datasets = createDatasetsService(kit, { files: files.chosen, duplicates });
  const quality = createQuality(kit, datasets, files);
  const versions = createVersions(kit, datasets);
  const imports = createImportsService(kit, { files: files.chosen, importer: datasets.importer });
  const privacy = createPrivacy(kit, datasets);
  const exports = createExports(kit, { datasets, files, privacy, versions });
  const costs = createCostsService(kit, { datasets: datasets.reader });
  const providers = createProvidersService(kit, {
    gate: egress.gate,
    practice,
    createProvider: createOpenAiProvider,
    isInUse: (connectionId) => jobs.isInUse(connectionId),
  });
  const asking = {
    datasets: datasets.reader,
    providers: providers.registry,
    gate: egress.gate,
    approvals: egress.approvals,
    privacy: privacy.gate,
  };
  const jobs = createJobsService(kit, {
    ...asking,
    costs: costs.estimator,
    versions: versions.keeper,
    practice,
  });
  const evals = createEvalsService(kit, { ...asking, jobs: jobs.reader, versions: versions.keeper });
  return {
    practice,
    egress,
    exports,
    files,
    datasets,
    imports,
    versions,
    privacy,
    moderation: createModeration(kit, { datasets, egress, privacy, providers }),
    quality,
    costs,
    providers,
    jobs,
    evals,
    readiness: createReadinessService(kit, { datasets: datasets.readiness, quality: quality.reader }),
    ...createFromResults(kit, { datasets, evals, files, jobs, asking }),
  };
}

/** What is made of data sets, jobs and evaluations together. */
function createFromResults(
  kit: Kit,
  others: {
    datasets: ReturnType<typeof createDatasetsService>;
    evals: ReturnType<typeof createEvalsService>;
    files: ReturnType<typeof createFilesService>;
    jobs: ReturnType<typeof createJobsService>;
    /** The way to models, for those who ask them. */
    asking: Parameters<typeof createGenerationService>[1];
  },
) {
  const { datasets, evals, files, jobs, asking } = others;
  return {
    preferences: {
      ballots: createBallotsService(kit, { files: files.chosen }),
      generation: createGenerationService(kit, asking),
      preferences: createPreferencesService(kit, {
        datasets: datasets.reader,
        evals: evals.reader,
        files: files.chosen,
      }),
      outcome: createOutcomeService(kit, {
        datasets: datasets.reader,
        importer: datasets.importer,
        files: files.chosen,
      }),
      trust: createTrustService(kit),
    },
    reports: createReportsService(kit, {
      datasets: datasets.reader,
      jobs: jobs.reader,
      evals: evals.reader,
      files: files.chosen,
    }),
  };
}

function createQuality(
  kit: Kit,
  datasets: ReturnType<typeof createDatasetsService>,
  files: ReturnType<typeof createFilesService>,
) {
  return createQualityService(kit, {
    datasets: datasets.reader,
    files: files.chosen,
    remover: createExampleRemover(kit),
    states: datasetStates,
    lookup: lookUpExamples,
  });
}

/** The check of texts by a provider, which leaves this machine like a training does. */
function createModeration(
  kit: Kit,
  others: {
    datasets: ReturnType<typeof createDatasetsService>;
    egress: ReturnType<typeof createEgressService>;
    privacy: ReturnType<typeof createPrivacyService>;
    providers: ReturnType<typeof createProvidersService>;
  },
) {
  const { datasets, egress, privacy, providers } = others;
  return createModerationService(kit, {
    datasets: datasets.reader,
    states: datasetStates,
    providers: providers.registry,
    gate: egress.gate,
    approvals: egress.approvals,
    privacy: privacy.gate,
  });
}

/** Splits are changed by one feature, and leaks between them are found by another. */
function lookingAgain(
  handlers: ReturnType<typeof createDatasetsService>['handlers'],
  quality: { afterSplit(datasetId: string): Promise<void> },
): typeof handlers {
  return {
    ...handlers,
    async split(input, call) {
      const done = await handlers.split(input, call);
      await quality.afterSplit(input.datasetId);
      return done;
    },
  };
}

function createPrivacy(kit: Kit, datasets: ReturnType<typeof createDatasetsService>) {
  return createPrivacyService(kit, {
    rewriter: datasets.rewriter,
    dropExamples: async (datasetId, exampleIds) =>
      (await datasets.handlers.deleteExamples({ datasetId, which: { exampleIds } }, {})).changed,
  });
}

/** Frozen states of data sets. */
function createVersions(kit: Kit, datasets: ReturnType<typeof createDatasetsService>) {
  return createVersionsService(kit, {
    datasets: datasets.reader,
    states: datasetStates,
    importer: datasets.importer,
    methodOf: (datasetId) => datasets.datasetOf(datasetId).method,
    reviewBlock: datasets.reviewBlock,
  });
}

/** The way out of data sets, which personal data may stop. */
function createExports(
  kit: Kit,
  others: {
    datasets: ReturnType<typeof createDatasetsService>;
    files: ReturnType<typeof createFilesService>;
    privacy: ReturnType<typeof createPrivacyService>;
    versions: ReturnType<typeof createVersionsService>;
  },
) {
  const { datasets, files, privacy, versions } = others;
  return createExportsService(kit, {
    files: files.chosen,
    datasetOf: datasets.datasetOf,
    chooser: datasets.chooser,
    versions: versions.reader,
    gate: privacy.gate,
  });
}

/** What answers each procedure of the contract. */
function handlersOf(kit: Kit, workspace: WorkspaceSwitch, features: ReturnType<typeof createFeatures>) {
  const { egress, files, datasets, costs, providers, jobs } = features;
  return {
    activity: createActivityService(kit),
    costs: costs.handlers,
    datasets: lookingAgain(datasets.handlers, features.quality),
    egress: egress.handlers,
    evals: features.evals.handlers,
    exports: features.exports.handlers,
    files: files.handlers,
    imports: features.imports.handlers,
    jobs: jobs.handlers,
    moderation: features.moderation,
    ...features.preferences,
    privacy: features.privacy.handlers,
    providers: providers.handlers,
    quality: features.quality.handlers,
    readiness: features.readiness,
    reports: features.reports,
    settings: createSettingsService(kit, () => ({
      version: packageVersion(),
      sqlite: sqliteVersion(),
      logFile: logFileOf(kit.appFolder),
    })),
    versions: features.versions.handlers,
    workspaces: createWorkspacesService(kit, {
      switch: workspace,
      stores: createWorkspaceStores(kit.log),
      demo: datasets.demo,
    }),
  };
}

/** Builds the core: all features wired to the given ports. The one place in the main process that names every feature. */
export function createCore(ports: Ports) {
  const workspace = createWorkspaceSwitch();
  const changes = createChanges();
  const tasks = new Tasks({ workspace, changes, clock: ports.clock, log: ports.log });
  const events = new EventLog(ports.clock);
  const kit: Kit = { ...ports, workspace, changes, tasks, events };

  const features = createFeatures(kit);
  const { practice, files, jobs } = features;
  const router = createRouter(handlersOf(kit, workspace, features));
  workspace.onOpen((session) => tasks.recover(session));
  workspace.onOpen(() => jobs.recover());

  const interceptor = createErrorInterceptor(ports.log);
  const handler = new RPCHandler(router, { clientInterceptors: [interceptor] });
  return {
    /** Calls any procedure in-process, parsed both ways like a window's call. */
    client: createRouterClient(router, { interceptors: [interceptor] }),
    /** Serves the contract to a window over a message port. */
    connect: (port: SupportedMessagePort) => handler.upgrade(port),
    /** The embedded provider's API, for tests that speak to it directly. */
    practice,
    async close() {
      await workspace.closed();
      await files.close();
      await ports.workers.close();
    },
  };
}
export type Core = ReturnType<typeof createCore>;
