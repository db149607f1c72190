import type { ResolvedPreferenceHyperparameters } from '../../shared/learner/preference-trainer.ts';
import type { FileRow } from './files.sql.ts';
import type { EventRow, JobRow } from './jobs.sql.ts';
import { practiceBaseModel } from './model-names.ts';
import type { CheckpointRow, ModelRow } from './models.sql.ts';
import type { RequestedHyperparameters } from './training-plan.ts';
import type { UploadRow } from './uploads.sql.ts';

/*
 * Rows as the objects of the API (platform reference 1). Times become seconds. What is ours alone is named here:
 * `weights_sha256` on jobs, checkpoints and models, `description` on models.
 */

const seconds = (ms: number): number => Math.floor(ms / 1000);
const secondsOrNull = (ms: number | null): number | null => (ms === null ? null : seconds(ms));

/** The `File` object. */
export function wireFile(row: FileRow) {
  return {
    id: row.id,
    object: 'file' as const,
    bytes: row.size_bytes,
    created_at: seconds(row.created_at),
    filename: row.filename,
    purpose: row.purpose,
    status: row.status,
    status_details: row.status_details,
    expires_at: secondsOrNull(row.expires_at),
  };
}

/** The `Upload` object. */
export function wireUpload(row: UploadRow, now: number, file: FileRow | undefined) {
  const isExpired = row.status === 'pending' && row.expires_at < now;
  return {
    id: row.id,
    object: 'upload' as const,
    bytes: row.size_bytes,
    created_at: seconds(row.created_at),
    expires_at: seconds(row.expires_at),
    filename: row.filename,
    purpose: row.purpose,
    status: isExpired ? ('expired' as const) : row.status,
    file: file ? wireFile(file) : null,
  };
}

function wireHyperparameters(row: JobRow) {
  const asked = JSON.parse(row.requested) as RequestedHyperparameters;
  const resolved = row.resolved ? (JSON.parse(row.resolved) as ResolvedPreferenceHyperparameters) : null;
  const { nEpochs, batchSize, learningRateMultiplier, beta } = resolved ?? asked;
  return {
    n_epochs: nEpochs,
    batch_size: batchSize,
    learning_rate_multiplier: learningRateMultiplier,
    ...(row.method === 'dpo' ? { beta } : {}),
  };
}

/** The `FineTuningJob` object, with the fields the real one has beyond its types. */
export function wireJob(row: JobRow, weightsSha256: string | null) {
  const hyperparameters = wireHyperparameters(row);
  return {
    id: row.id,
    object: 'fine_tuning.job' as const,
    model: row.model,
    created_at: seconds(row.created_at),
    finished_at: secondsOrNull(row.finished_at),
    estimated_finish: secondsOrNull(row.estimated_finish),
    fine_tuned_model: row.fine_tuned_model,
    organization_id: 'org-lapidary',
    status: row.status,
    training_file: row.training_file,
    validation_file: row.validation_file,
    result_files: row.result_file ? [row.result_file] : [],
    trained_tokens: row.trained_tokens,
    seed: row.seed,
    error: row.error ? (JSON.parse(row.error) as unknown) : null,
    // As on the platform: only a supervised job shows them here too (platform reference 1.1.2).
    hyperparameters: row.method === 'supervised' ? hyperparameters : null,
    method: { type: row.method, [row.method]: { hyperparameters } },
    integrations: [],
    metadata: JSON.parse(row.metadata) as unknown,
    user_provided_suffix: row.suffix,
    usage_metrics: null,
    shared_with_openai: false,
    eval_id: null,
    weights_sha256: weightsSha256,
  };
}

/** The `FineTuningJobEvent` object; a message's `data` is an empty object. */
export function wireEvent(row: EventRow) {
  return {
    object: 'fine_tuning.job.event' as const,
    id: row.id,
    created_at: seconds(row.created_at),
    level: row.level,
    message: row.message,
    type: row.type,
    data: row.data ? (JSON.parse(row.data) as unknown) : {},
  };
}

/** The `FineTuningJobCheckpoint` object. */
export function wireCheckpoint(row: CheckpointRow) {
  const { total_steps: _total, ...metrics } = JSON.parse(row.metrics) as Record<string, number>;
  return {
    object: 'fine_tuning.job.checkpoint' as const,
    id: row.id,
    created_at: seconds(row.created_at),
    fine_tuned_model_checkpoint: row.model,
    fine_tuning_job_id: row.job_id,
    step_number: row.step,
    metrics,
    weights_sha256: row.weights_sha256,
  };
}

const baseModelCreated = 1_763_596_800;
const baseDescription =
  'A small ranking policy for practice: it learns which of the answers in your training file fits a conversation. ' +
  'It is not a language model and cannot write anything it was not shown.';

/** The base model; it never shuts down. */
export function wireBaseModel() {
  return {
    id: practiceBaseModel,
    object: 'model' as const,
    created: baseModelCreated,
    owned_by: 'lapidary',
    shutdown_date: null,
    description: baseDescription,
  };
}

/** A tuned model or checkpoint. */
export function wireModel(row: ModelRow) {
  return {
    id: row.id,
    object: 'model' as const,
    created: seconds(row.created_at),
    owned_by: 'lapidary',
    shutdown_date: null,
    description: 'A practice model: it answers with one of the responses of its training file.',
    weights_sha256: row.weights_sha256,
  };
}

/** A page of a list (`CursorPage`). */
export function wirePage<Item extends { id: string }>(items: readonly Item[], hasMore: boolean) {
  return {
    object: 'list' as const,
    data: items,
    first_id: items[0]?.id ?? null,
    last_id: items.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}
