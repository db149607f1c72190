import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What every failure tells a person: what happened, where, what to do, and whether trying again can help. */
export const failureData = z.object({
  what: z.string(),
  where: z.object({ file: z.string(), line: z.number().int(), field: z.string() }).partial().optional(),
  todo: z.string(),
  retry: z.enum(['now', 'later', 'never']),
  retryAfterMs: z.number().int().nonnegative().optional(),
  /** The thing the failure is about, so that a window can offer to open it: `{ feature: 'datasets', id }`. */
  subject: z.object({ feature: z.string(), id: z.string() }).optional(),
});
export type FailureData = z.infer<typeof failureData>;

/** Every failure that may cross the contract by name; a procedure declares those it can end in. */
export const failureCodes = [
  'NO_WORKSPACE',
  'WORKSPACE_UNREADABLE',
  'WORKSPACE_EXISTS',
  'WORKSPACE_DAMAGED',
  'WORKSPACE_NEWER',
  'WORKSPACE_BUSY',
  'BACKUP_NOT_FOUND',
  'RECOVERY_NEEDED',
  'FILE_NOT_CHOSEN',
  'FILE_UNREADABLE',
  'DIALOG_UNAVAILABLE',
  'ALREADY_IMPORTED',
  'DATASET_NOT_FOUND',
  'EXAMPLE_NOT_FOUND',
  'RECIPE_NOT_FOUND',
  'VIEW_EXPIRED',
  'PATTERN_REFUSED',
  'INVALID_CONTENT',
  'SPLIT_IMPOSSIBLE',
  'VERSION_NOT_FOUND',
  'NOT_REVIEWED',
  'PREFERENCES_NOT_FOUND',
  'PREFERENCES_IMPOSSIBLE',
  'PAIR_NOT_FOUND',
  'ALREADY_DECIDED',
  'QUEUE_CLOSED',
  'REVIEW_FILE_NOT_FOUND',
  'BALLOT_REFUSED',
  'MODEL_UNKNOWN',
  'CONNECTION_NOT_FOUND',
  'KEY_REJECTED',
  'PROVIDER_UNREACHABLE',
  'PROVIDER_REFUSED',
  'RATE_LIMITED',
  'QUOTA_EXHAUSTED',
  'TRAINING_NOT_AVAILABLE',
  'OFFLINE',
  'NOT_APPROVED',
  'OVER_BUDGET',
  'ALREADY_LAUNCHED',
  'JOB_NOT_FOUND',
  'JOB_STATE',
  'EVAL_NOT_FOUND',
  'EVAL_IMPOSSIBLE',
  'REPORT_FAILED',
  'PERSONAL_DATA_UNRESOLVED',
  'DETECTION_GONE',
  'PSEUDONYMS_REFUSED',
  'NOTHING_TO_UNDO',
  'TASK_NOT_FOUND',
  'CANCELLED',
  'DISK_FULL',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** A failure a person can act on; services throw it, the router sends it as a declared error. */
export class AppFailure extends Error {
  readonly code: FailureCode;
  readonly data: FailureData;

  constructor(code: FailureCode, data: FailureData) {
    super(data.what);
    this.name = 'AppFailure';
    this.code = code;
    this.data = data;
  }
}

type ErrorMapOf<Codes extends FailureCode> = { [Code in Codes]: { data: typeof failureData } };

/** Starts a contract procedure that may end in the named failures, each carrying {@link FailureData}. */
export function procedure<const Codes extends FailureCode = never>(...codes: readonly Codes[]) {
  const map = Object.fromEntries(codes.map((code) => [code, { data: failureData }]));
  return oc.errors(map as ErrorMapOf<Codes>);
}
