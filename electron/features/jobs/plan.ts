import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import canonicalize from 'canonicalize';
import { dayOf, daysUntil } from '../../../shared/features/costs/catalogue.ts';
import type { CostEstimate } from '../../../shared/features/costs/costs.model.ts';
import { formatMicroUsd, grouped } from '../../../shared/features/costs/money.ts';
import { methodNotes } from './method-notes.ts';
import { fewestExamples, largestFileBytes, plannedValues } from '../../../shared/features/jobs/jobs.rules.ts';
import type {
  LaunchPlan,
  LaunchRequest,
  PlanNote,
  SentFile,
} from '../../../shared/features/jobs/jobs.model.ts';
import type { DatasetFacts, ProviderRegistry } from '../../core/feature-ports.ts';
import type { JobRequires } from './job-parts.ts';
import { findActive, isFileUsed } from './jobs.sql.ts';
import { blobPath, writeSplit } from './training-files.ts';

type Connection = ReturnType<ProviderRegistry['require']>;

/** A plan without its permission, with what identifies the training and the state of the data it describes. */
export type DraftPlan = Omit<LaunchPlan, 'approval'> & { configSha256: string; revision: number };

/** What an approval is for: everything a person sees before saying yes. */
export function subjectOf(plan: DraftPlan): unknown {
  const { request, destination, files, capMicroUsd, configSha256 } = plan;
  return {
    request,
    destination,
    files,
    capMicroUsd,
    configSha256,
    totalMicroUsd: plan.estimate?.totalMicroUsd ?? null,
  };
}

/** Works out what a launch would do. Training files are written to the workspace; nothing is sent. */
export async function draftPlan(requires: JobRequires, request: LaunchRequest): Promise<DraftPlan> {
  const { kit, datasets, providers } = requires;
  const session = kit.workspace.require();
  const connection = providers.require(request.connectionId);
  const facts = datasets.facts(request.datasetId);
  const files: SentFile[] = [];
  for (const name of ['train', 'validation'] as const) {
    const isWanted = facts.splitCounts[name] > 0 && (name === 'train' || request.useValidation);
    if (isWanted) files.push(await writeSplit(session, datasets, { datasetId: request.datasetId, name }));
  }
  const hyperparameters = plannedValues(request.hyperparameters, {
    kind: connection.kind,
    model: request.model,
    examples: facts.splitCounts.train,
    method: request.method,
  });
  const estimate = estimateOf(requires, { request, connection, epochs: hyperparameters[0]?.expected ?? 1 });
  const configSha256 = configOf(request, files);
  return {
    request,
    destination: {
      connectionId: connection.id,
      name: connection.name,
      kind: connection.kind,
      host: connection.host,
      staysOnThisMachine: connection.kind === 'practice',
    },
    dataset: { datasetId: facts.datasetId, name: facts.name, isDemo: facts.isDemo },
    files,
    totalBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    hyperparameters,
    estimate,
    capMicroUsd: request.capMicroUsd,
    configSha256,
    revision: facts.revision,
    notes: notesOf(requires, { request, connection, facts, files, estimate, configSha256 }),
  };
}

/** Which training this is: same place, same model, same bytes, same settings. The name and the cap do not matter. */
function configOf(request: LaunchRequest, files: readonly SentFile[]): string {
  const { connectionId, model, suffix, seed, hyperparameters } = request;
  const hashes = files.map((file) => [file.role, file.sha256]);
  // Bytes of one method are never those of another, so it need not be told apart.
  const text = canonicalize({ connectionId, model, suffix, seed, hyperparameters, hashes }) ?? '';
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function estimateOf(
  { costs, datasets }: JobRequires,
  asked: { request: LaunchRequest; connection: Connection; epochs: number },
): CostEstimate | null {
  const { datasetId, model } = asked.request;
  return costs.training({
    provider: asked.connection.kind,
    model,
    method: asked.request.method,
    tokenCounts: datasets.tokenCounts(datasetId, 'train', model),
    nEpochs: asked.epochs,
  });
}

export type Judged = {
  request: LaunchRequest;
  connection: Connection;
  facts: DatasetFacts;
  files: readonly SentFile[];
  estimate: CostEstimate | null;
  configSha256: string;
};

const blocks = (code: string, what: string, todo: string): PlanNote => ({
  level: 'blocks',
  code,
  what,
  todo,
});
const warns = (code: string, what: string, todo: string): PlanNote => ({ level: 'warns', code, what, todo });

function notesOf(requires: JobRequires, judged: Judged): PlanNote[] {
  return [
    ...methodNotes({
      ...judged,
      offered: requires.costs.methodsOf({ provider: judged.connection.kind, model: judged.request.model }),
    }),
    ...dataNotes(judged),
    ...moneyNotes(judged),
    ...placeNotes(requires, judged),
  ];
}

function dataNotes({ request, facts, files }: Judged): PlanNote[] {
  const notes: PlanNote[] = [];
  const train = facts.splitCounts.train;
  if (train === 0) {
    notes.push(blocks('NO_SPLIT', 'The data set has no training split.', 'Split it on its page first.'));
  } else if (train < fewestExamples) {
    const what = `The training split has ${train} ${train === 1 ? 'example' : 'examples'}; at least ${fewestExamples} are needed.`;
    notes.push(blocks('TOO_FEW_EXAMPLES', what, 'Import more, or give the training split a larger share.'));
  }
  const errors = facts.findingCounts.error;
  if (errors > 0) {
    const what = `${grouped(errors)} ${errors === 1 ? 'finding is an error' : 'findings are errors'}: the provider would reject the example, or it leaks from one split into another.`;
    notes.push(blocks('UNRESOLVED_FINDINGS', what, 'Follow the readiness page of the data set first.'));
  }
  if (request.useValidation && facts.splitCounts.validation === 0) {
    const what = 'There is no validation split, so over-fitting will not show.';
    notes.push(warns('NO_VALIDATION', what, 'Split the data set with a validation share.'));
  }
  for (const file of files) {
    if (file.sizeBytes <= largestFileBytes) continue;
    const what = `The ${file.role} file has ${grouped(file.sizeBytes)} bytes; the largest the API takes is ${grouped(largestFileBytes)}.`;
    notes.push(blocks('FILE_TOO_LARGE', what, 'Train on fewer examples.'));
  }
  return notes;
}

function moneyNotes({ request, estimate, connection }: Judged): PlanNote[] {
  if (!estimate) {
    const what = `No training price is on file for ${request.model} at ${connection.name}, so no cap can hold.`;
    return [warns('PRICE_UNKNOWN', what, 'Look it up in the provider’s own price list.')];
  }
  if (estimate.totalMicroUsd <= request.capMicroUsd) return [];
  const what = `The estimate of ${formatMicroUsd(estimate.totalMicroUsd)} is above your cap of ${formatMicroUsd(request.capMicroUsd)}.`;
  return [blocks('OVER_BUDGET', what, 'Raise the cap, or train fewer epochs or examples.')];
}

function placeNotes(
  { kit, gate, privacy }: JobRequires,
  { request, connection, configSha256 }: Judged,
): PlanNote[] {
  const notes: PlanNote[] = [];
  // What stays on this machine needs nobody's leave.
  const held = connection.kind === 'practice' ? null : privacy.blockOf(request.datasetId);
  if (held) notes.push(blocks('PERSONAL_DATA_UNRESOLVED', held.what, held.todo));
  if (connection.kind !== 'practice' && !gate.isOpen()) {
    const what = `This workspace is offline; nothing can be sent to ${connection.host}.`;
    notes.push(blocks('OFFLINE', what, 'Open the gate in the status bar or under Governance.'));
  }
  if (connection.trainingBlock) {
    const since = dayOf(connection.trainingBlock.since);
    const what = `${connection.name} has refused to train for this account since ${since}.`;
    notes.push(warns('TRAINING_NOT_AVAILABLE', what, 'Read what still works on the connection’s page.'));
  }
  const last = connection.shutdownDate(request.model);
  const left = daysUntil(last, dayOf(kit.clock.now()));
  if (last !== null && left !== null) {
    const what =
      left < 0
        ? `${request.model} was shut down on ${last}.`
        : `${request.model} is shut down on ${last}, in ${left} days, and everything trained on it with it.`;
    notes.push(warns('MODEL_ENDS', what, 'Choose a model that stays, or keep this run as evidence only.'));
  }
  const active = findActive(kit.workspace.require().db, configSha256);
  if (active) {
    const what = `The same training is already under way as “${active.name}”.`;
    notes.push(blocks('ALREADY_LAUNCHED', what, 'Watch that job, or change the seed to train once more.'));
  }
  return notes;
}

/** Remembers which files only a plan needs, and deletes those of earlier plans that no job has taken up. */
export function createPlanFiles(requires: JobRequires): {
  keepOnly(files: readonly SentFile[]): Promise<void>;
} {
  let planned = new Set<string>();
  return {
    async keepOnly(files) {
      const session = requires.kit.workspace.require();
      const before = planned;
      planned = new Set(files.map((file) => file.sha256));
      for (const sha256 of before) {
        if (planned.has(sha256) || isFileUsed(session.db, sha256)) continue;
        await rm(blobPath(session, sha256), { force: true });
      }
    },
  };
}
