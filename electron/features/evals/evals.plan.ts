import type { EvalPlan } from '../../../shared/features/evals/evals.model.ts';
import { answerLimit } from '../../../shared/features/evals/evals.rules.ts';
import { sampleOf } from '../../../shared/features/evals/sample.rules.ts';
import { suggestGraders } from '../../../shared/features/evals/suggest.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetReader, JobFacts, JobReader, ProviderRegistry } from '../../core/feature-ports.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { priceOfAsking } from './evals.price.ts';
import { readTestItems } from './evals.items.ts';

export type PlanPorts = {
  jobs: JobReader;
  datasets: DatasetReader;
  providers: ProviderRegistry;
  privacy: PrivacyGate;
};
export type Draft = Omit<EvalPlan, 'approval'>;

/** Everything an evaluation of a job would do; throws EVAL_IMPOSSIBLE with what to do when it cannot be. */
export async function draftPlan(kit: Kit, ports: PlanPorts, jobId: string): Promise<Draft> {
  const job = ports.jobs.facts(jobId);
  const tunedModel = requireTuned(job);
  const dataset = ports.datasets.facts(job.datasetId);
  const testCount = dataset.splitCounts.test;
  if (testCount === 0) throw noTestSplit(dataset.name);
  const { items, skipped } = await readTestItems(ports.datasets, job.datasetId);
  if (items.length === 0) throw nothingToAsk(dataset.name, testCount);
  const connection = ports.providers.require(job.connectionId);
  if (connection.kind !== 'practice') ports.privacy.requirePassage(job.datasetId);
  const expected = items.map((item) => sampleOf(item.expected));
  const maxTokens = answerLimit(expected);
  const promptTokens = ports.datasets
    .tokenCounts(job.datasetId, 'test', job.baseModelForEval)
    .reduce((sum, count) => sum + count, 0);
  const { graders, reason } = suggestGraders(expected);
  return {
    jobId,
    name: job.name,
    datasetId: job.datasetId,
    datasetName: dataset.name,
    connectionId: connection.id,
    connectionName: connection.name,
    providerKind: connection.kind,
    host: connection.host,
    staysOnThisMachine: connection.kind === 'practice',
    baseModel: job.baseModelForEval,
    tunedModel,
    itemCount: items.length,
    skippedItems: skipped,
    requests: 2 * items.length,
    promptTokens,
    maxTokens,
    ...priceOfAsking(kit, {
      providerKind: connection.kind,
      baseModel: job.baseModelForEval,
      promptTokens,
      answerTokens: maxTokens * items.length,
    }),
    graders,
    reason,
  };
}

/** What an approval is for: the same questions to the same models at the same price. */
export function subjectOf(draft: Draft): Record<string, unknown> {
  const { jobId, connectionId, host, baseModel, tunedModel, requests, promptTokens, costMicroUsd } = draft;
  return {
    action: 'evaluate',
    jobId,
    connectionId,
    host,
    baseModel,
    tunedModel,
    requests,
    promptTokens,
    costMicroUsd,
  };
}

function requireTuned(job: JobFacts): string {
  if (job.fineTunedModel !== null) return job.fineTunedModel;
  const isOver = job.status === 'failed' || job.status === 'cancelled';
  throw new AppFailure('EVAL_IMPOSSIBLE', {
    what: isOver ? `“${job.name}” ended without a model.` : `“${job.name}” has no tuned model yet.`,
    todo: isOver
      ? 'Start the training again, then evaluate that run.'
      : 'Evaluate when the training is done.',
    retry: isOver ? 'never' : 'later',
  });
}

function noTestSplit(name: string): AppFailure {
  return new AppFailure('EVAL_IMPOSSIBLE', {
    what: `“${name}” has no test split, so there is nothing the model has not seen.`,
    todo: 'Split the data set with a test part (for example 70 / 15 / 15), train on it, then evaluate.',
    retry: 'never',
  });
}

function nothingToAsk(name: string, count: number): AppFailure {
  return new AppFailure('EVAL_IMPOSSIBLE', {
    what: `None of the ${count} test examples of “${name}” has a question followed by an assistant’s answer.`,
    todo: 'Check the test split in the data set: every example needs a message before its last assistant message.',
    retry: 'never',
  });
}
