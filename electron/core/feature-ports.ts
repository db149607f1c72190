import type { FindingCounts } from '../../shared/features/datasets/datasets.model.ts';
import type { Method, SftExample, SplitName } from '../../shared/features/datasets/datasets.model.ts';
import type { CostEstimate, TrainingMethod } from '../../shared/features/costs/costs.model.ts';
import type { EvalItem, EvalResult } from '../../shared/features/evals/evals.model.ts';
import type {
  Hyperparameters,
  JobMethod,
  JobMetric,
  JobStatus,
  PracticePace,
} from '../../shared/features/jobs/jobs.model.ts';
import type { ModerationInput } from '../../shared/features/quality/moderation.rules.ts';
import type { SendPurpose } from '../../shared/features/egress/egress.model.ts';
import type { ConnectionKind, TrainingBlock } from '../../shared/features/providers/providers.model.ts';
import type { DataVersion } from '../../shared/features/versions/versions.model.ts';
import type { Db } from './ports.ts';

/*
 * What one feature may ask of another in the main process (R6: features never import each other).
 * create-core.ts wires the implementations.
 */

export type DatasetFacts = {
  datasetId: string;
  name: string;
  /** Grows with every change of its examples. */
  revision: number;
  isDemo: boolean;
  method: Method;
  sourceName: string;
  sourceSha256: string;
  exampleCount: number;
  quarantinedCount: number;
  tokenTotal: number;
  splitCounts: Record<SplitName | 'unassigned', number>;
  findingCounts: FindingCounts;
};

export type ExampleItem = { exampleId: number; position: number; example: SftExample };

/** Offered by `datasets` to jobs, evals, costs and reports. */
export type DatasetReader = {
  facts(datasetId: string): DatasetFacts;
  /** Examples of a split in file order, streamed. */
  examples(datasetId: string, split: SplitName): IterableIterator<ExampleItem>;
  /** Token counts of a split for a model (its encoding and example limit), in file order. */
  tokenCounts(datasetId: string, split: SplitName | 'all', model: string): number[];
  /** Writes a split as a training file, deterministically: line i is the i-th example of the split, bytes as imported unless edited. */
  writeTrainingFile(
    datasetId: string,
    split: SplitName,
    file: string,
  ): Promise<{ sha256: string; sizeBytes: number; examples: number }>;
};

/** Offered by `costs` to jobs and reports. */
export type CostEstimator = {
  /** Null when no price is on file for this provider (`practice`, `openai`, …) and model. */
  training(input: {
    provider: string;
    model: string;
    method: JobMethod;
    tokenCounts: readonly number[];
    nEpochs: number;
  }): CostEstimate | null;
  /** How a provider trains a model; null when nothing is on file about it. */
  methodsOf(asked: { provider: string; model: string }): readonly TrainingMethod[] | null;
};

/** A connection's model as its provider lists it; `shutdownDate` is YYYY-MM-DD. */
export type ProviderModel = { id: string; ownedBy: string; createdAt: number; shutdownDate: string | null };

export type RemoteJob = {
  id: string;
  status: JobStatus;
  /** The provider's own word; differs from `status` when it is one we do not know. */
  providerStatus: string;
  model: string;
  fineTunedModel: string | null;
  createdAt: number;
  finishedAt: number | null;
  estimatedFinish: number | null;
  trainedTokens: number | null;
  trainingFile: string;
  error: { code: string; message: string; param: string | null } | null;
  hyperparameters: {
    nEpochs: number | null;
    batchSize: number | null;
    learningRateMultiplier: number | null;
    /** Of preference training only. */
    beta?: number | null;
  };
  metadata: Record<string, string>;
  /** Hash of the tuned weights; only practice tells it. */
  weightsSha256: string | null;
};

export type RemoteEvent = {
  id: string;
  createdAt: number;
  level: string;
  message: string;
  type: string;
  metric: JobMetric | null;
};

export type RemoteCheckpoint = {
  id: string;
  model: string;
  stepNumber: number;
  metrics: Record<string, number>;
};

export type CreateJob = {
  model: string;
  trainingFileId: string;
  validationFileId: string | null;
  suffix: string | null;
  seed: number | null;
  method: JobMethod;
  hyperparameters: Hyperparameters;
  metadata: Record<string, string>;
};

export type ChatRequest = {
  model: string;
  messages: SftExample['messages'];
  tools?: SftExample['tools'];
  maxTokens?: number;
  temperature?: number;
  seed?: number;
};
export type ChatAnswer = {
  message: SftExample['messages'][number];
  finishReason: string;
  inputTokens: number;
  outputTokens: number;
};

/** What a provider's moderation is to judge; `intentId` names the check in the ledger. */
export type ModerationRequest = { model: string; input: ModerationInput; intentId: string };
/** What the moderation says of one text or picture: scores of the categories in which it is flagged, 0 to 1. */
export type Moderated = { category: string; score: number }[];

export type UploadedFile = { id: string; sizeBytes: number; filename: string; status: string };

/**
 * A fine-tuning provider behind the seam, the same for practice and for any OpenAI-compatible server.
 * Every failure is an AppFailure (KEY_REJECTED, RATE_LIMITED, TRAINING_NOT_AVAILABLE, OFFLINE, …);
 * `launch` alone may also throw UnknownOutcome when the server may or may not have created the job.
 */
export type TrainingProvider = {
  readonly kind: ConnectionKind;
  listModels(signal?: AbortSignal): Promise<ProviderModel[]>;
  uploadFile(
    input: { path: string; filename: string; sha256: string; intentId: string },
    signal?: AbortSignal,
  ): Promise<UploadedFile>;
  createJob(job: CreateJob, signal?: AbortSignal): Promise<RemoteJob>;
  retrieveJob(jobId: string, signal?: AbortSignal): Promise<RemoteJob>;
  /** Jobs whose metadata hold all given pairs. */
  findJobs(metadata: Record<string, string>, signal?: AbortSignal): Promise<RemoteJob[]>;
  cancelJob(jobId: string): Promise<RemoteJob>;
  pauseJob(jobId: string): Promise<RemoteJob>;
  resumeJob(jobId: string): Promise<RemoteJob>;
  /** Events after `afterEventId` (all when null), oldest first. */
  listEvents(jobId: string, afterEventId: string | null, signal?: AbortSignal): Promise<RemoteEvent[]>;
  listCheckpoints(jobId: string, signal?: AbortSignal): Promise<RemoteCheckpoint[]>;
  chat(request: ChatRequest, signal?: AbortSignal): Promise<ChatAnswer>;
  /** Judges texts, one answer each, in their order, or a picture. */
  moderate(request: ModerationRequest, signal?: AbortSignal): Promise<Moderated[]>;
};

/** The POST may have reached the server: reconcile by metadata before any second try. */
export class UnknownOutcome extends Error {}

/** Offered by `providers` to jobs and evals; the built-in practice connection has the id `practice`. */
export type ProviderRegistry = {
  require(connectionId: string): {
    id: string;
    name: string;
    kind: ConnectionKind;
    host: string;
    provider: TrainingProvider;
    /** Since when and in which words the provider refuses to train, as last heard. */
    trainingBlock: TrainingBlock | null;
    /** A model's last day as last read from the provider, YYYY-MM-DD; null when none is known. */
    shutdownDate(model: string): string | null;
  };
};

/** Offered by `egress` to `providers`: a fetch that only lets recorded, permitted requests out. */
export type EgressGate = {
  isOpen(): boolean;
  /** A fetch bound to a connection; throws OFFLINE when the gate is closed, NOT_APPROVED for a foreign host. */
  fetchFor(
    connection: { connectionId: string; host: string },
    send: { purpose: SendPurpose; intentId: string | null },
  ): typeof fetch;
};

/** Offered by `egress` to `jobs`: a one-time permission for exactly one subject (any canonical JSON value). */
export type Approvals = {
  /** Mints a permission that ends at `expiresAt`; its id is useless for any other subject. */
  mint(subject: unknown): Promise<{ approvalId: string; expiresAt: number }>;
  /** Uses it up inside the caller's transaction; throws NOT_APPROVED when unknown, used, expired or for something else. */
  consume(db: Db, approvalId: string, subject: unknown): void;
};

/** Offered by `practice` to `providers` and `jobs`: the embedded provider's API, in this process. */
export type PracticeHost = {
  /** A base URL that no network knows, e.g. `http://practice.invalid/v1`. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** Changes the waiting between steps of a run, never its result. */
  setPace(remoteJobId: string, pace: PracticePace): void;
  pace(remoteJobId: string): PracticePace | null;
  /** Calls `listener` after every change of a run, so that nobody needs to poll; the returned function stops it. */
  onChange(listener: (remoteJobId: string) => void): () => void;
};

export type JobFacts = {
  jobId: string;
  name: string;
  datasetId: string;
  dataVersion: DataVersion;
  connectionId: string;
  providerKind: ConnectionKind;
  model: string;
  /** What answers as "base" in an evaluation: the model before this training. */
  baseModelForEval: string;
  fineTunedModel: string | null;
  status: JobStatus;
  seed: number;
  method: JobMethod;
  hyperparameters: { requested: Hyperparameters; resolved: RemoteJob['hyperparameters'] };
  trainingFile: { sha256: string; sizeBytes: number; examples: number };
  /** Null when no price is known for the provider and model. */
  estimate: CostEstimate | null;
  trainedTokens: number | null;
  metrics: JobMetric[];
  checkpoints: RemoteCheckpoint[];
  createdAt: number;
  endedAt: number | null;
  weightsSha256: string | null;
};

/** Offered by `jobs` to evals and reports. */
export type JobReader = { facts(jobId: string): JobFacts };

/** An evaluation with its results and, for a report, some of its items. */
export type EvalFacts = EvalResult & { sampleItems: EvalItem[] };

/** Offered by `evals` to reports. */
export type EvalReader = { facts(evalId: string): EvalFacts };

/**
 * Offered by `evals` to worker jobs with their own connection: the items of an evaluation in order, streamed, with what
 * both models answered (null for none). Positions count from 0.
 */
export type AnsweredItems = (
  db: Db,
  evalId: string,
) => IterableIterator<{
  position: number;
  prompt: SftExample['messages'];
  tools: NonNullable<SftExample['tools']>;
  base: SftExample['messages'][number] | null;
  tuned: SftExample['messages'][number] | null;
}>;

/** Offered by `datasets` to workspaces: brings a demo file of `resources/` into the open workspace as a task. */
export type DemoImporter = {
  importDemo(demo: { name: string; path: string }): Promise<{ taskId: string }>;
};
