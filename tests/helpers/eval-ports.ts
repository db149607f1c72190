import type { ChatMessage, SftExample } from '../../shared/features/datasets/datasets.model.ts';
import type { PrivacyGate, VersionKeeper } from '../../electron/core/dataset-ports.ts';
import { AppFailure } from '../../shared/failures.ts';
import type {
  Approvals,
  ChatRequest,
  DatasetFacts,
  DatasetReader,
  JobFacts,
  JobReader,
  ProviderRegistry,
  TrainingProvider,
} from '../../electron/core/feature-ports.ts';

/** A data set that lives in memory; all its examples are the test split. */
export function createMemoryDatasets(
  examples: readonly SftExample[],
  facts: Partial<DatasetFacts> = {},
): DatasetReader {
  return {
    facts: (datasetId) => ({
      datasetId,
      name: 'tickets',
      revision: 1,
      isDemo: false,
      method: 'sft',
      sourceName: 'tickets.jsonl',
      sourceSha256: 'a'.repeat(64),
      exampleCount: examples.length,
      quarantinedCount: 0,
      tokenTotal: 10 * examples.length,
      splitCounts: { train: 0, validation: 0, test: examples.length, unassigned: 0 },
      findingCounts: { error: 0, warning: 0, info: 0 },
      ...facts,
    }),
    *examples() {
      for (const [position, example] of examples.entries())
        yield { exampleId: position + 100, position, example };
    },
    tokenCounts: () => examples.map(() => 10),
    writeTrainingFile: async () => {
      throw new Error('this test writes no training file');
    },
  };
}

/** A gate that holds nothing back, for tests of what comes after it. */
export const openPrivacyGate: PrivacyGate = {
  blockOf: () => null,
  blockOfContents: async () => null,
  requirePassage: () => {},
};

/** Every data set has one version. */
export const oneVersion: VersionKeeper = {
  pin: async (datasetId) => ({ versionId: `version of ${datasetId}`, number: 1, root: 'c'.repeat(64) }),
};

/** One finished job over any data set. */
export function createMemoryJobs(facts: Partial<JobFacts> = {}): JobReader {
  return {
    facts: (jobId) => ({
      jobId,
      name: 'triage',
      datasetId: 'dataset-1',
      dataVersion: { versionId: 'version-3', number: 3, root: 'e'.repeat(64) },
      connectionId: 'practice',
      providerKind: 'practice',
      method: 'supervised',
      model: 'practice-base',
      baseModelForEval: 'practice-base',
      fineTunedModel: 'ft:practice-base:local::1',
      status: 'succeeded',
      seed: 7,
      hyperparameters: {
        requested: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
        resolved: { nEpochs: 3, batchSize: 4, learningRateMultiplier: 1 },
      },
      trainingFile: { sha256: 'b'.repeat(64), sizeBytes: 1234, examples: 40 },
      estimate: null,
      trainedTokens: null,
      metrics: [],
      checkpoints: [],
      createdAt: 1,
      endedAt: 2,
      weightsSha256: null,
      ...facts,
    }),
  };
}

/** Permissions kept in memory; each good once for its subject. */
export function createMemoryApprovals(): Approvals {
  const minted = new Map<string, string>();
  return {
    async mint(subject) {
      const approvalId = `approval-${minted.size + 1}`;
      minted.set(approvalId, JSON.stringify(subject));
      return { approvalId, expiresAt: Number.MAX_SAFE_INTEGER };
    },
    consume(_db, approvalId, subject) {
      const isGood = minted.get(approvalId) === JSON.stringify(subject);
      minted.delete(approvalId);
      if (isGood) return;
      throw new AppFailure('NOT_APPROVED', {
        what: 'Not approved.',
        todo: 'Approve the plan.',
        retry: 'never',
      });
    },
  };
}

type Reply = ChatMessage | Promise<ChatMessage>;

/** A provider that only answers questions, with `reply`; `requests` are those it was asked. */
export function createMemoryProvider(reply: (request: ChatRequest, signal?: AbortSignal) => Reply): {
  registry: ProviderRegistry;
  requests: ChatRequest[];
} {
  const requests: ChatRequest[] = [];
  const unused = async (): Promise<never> => {
    throw new Error('this test only chats');
  };
  const provider: TrainingProvider = {
    kind: 'practice',
    listModels: unused,
    uploadFile: unused,
    createJob: unused,
    retrieveJob: unused,
    findJobs: unused,
    cancelJob: unused,
    pauseJob: unused,
    resumeJob: unused,
    listEvents: unused,
    listCheckpoints: unused,
    moderate: unused,
    async chat(request, signal) {
      requests.push(request);
      const message = await reply(request, signal);
      return { message, finishReason: 'stop', inputTokens: 10, outputTokens: 2 };
    },
  };
  const registry: ProviderRegistry = {
    require: (id) => ({
      id,
      name: 'Practice',
      kind: 'practice',
      host: 'this machine',
      provider,
      trainingBlock: null,
      shutdownDate: () => null,
    }),
  };
  return { registry, requests };
}
