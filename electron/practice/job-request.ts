import {
  ApiError,
  invalidType,
  invalidValue,
  missingParameter,
  numberRange,
  stringLength,
  type NumberBound,
} from './api-error.ts';
import type { PracticeMethod } from './jobs.sql.ts';
import type { RequestedHyperparameters } from './training-plan.ts';

/** A job as it was asked for, every field checked (platform reference 1.1.1). */
export type JobRequest = {
  model: string;
  trainingFile: string;
  validationFile: string | null;
  suffix: string | null;
  seed: number | null;
  metadata: Record<string, string> | null;
  method: PracticeMethod;
  hyperparameters: RequestedHyperparameters;
};

type Json = Readonly<Record<string, unknown>>;

const known = [
  'model',
  'training_file',
  'validation_file',
  'method',
  'suffix',
  'seed',
  'integrations',
  'metadata',
  'hyperparameters',
];
const methods = ['supervised', 'dpo', 'reinforcement'];
const offered: readonly PracticeMethod[] = ['supervised', 'dpo'];
const ranges = {
  n_epochs: { kind: 'integer', min: 1, max: 50 },
  batch_size: { kind: 'integer', min: 1, max: 256 },
  learning_rate_multiplier: { kind: 'decimal', min: 0, max: Number.MAX_VALUE, isMinExcluded: true },
  beta: { kind: 'decimal', min: 0, max: 2, isMinExcluded: true },
} as const satisfies Record<string, NumberBound>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks the body of POST /fine_tuning/jobs; throws the ApiError of the first wrong field. */
export function readJobRequest(body: unknown): JobRequest {
  if (!isObject(body)) throw invalidType('body', 'an object', body);
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unknownParameter(unknown);
  return {
    model: readText(body, 'model'),
    trainingFile: readText(body, 'training_file'),
    validationFile: body.validation_file == null ? null : readText(body, 'validation_file'),
    suffix: readSuffix(body.suffix),
    seed: readSeed(body.seed),
    metadata: readMetadata(body.metadata),
    ...readMethod(body),
  };
}

function unknownParameter(param: string): ApiError {
  return new ApiError(400, `Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
}

function readText(body: Json, key: string): string {
  const value = body[key];
  if (value === undefined) throw missingParameter(key);
  if (typeof value !== 'string') throw invalidType(key, 'a string', value);
  return value;
}

function readSuffix(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalidType('suffix', 'a string', value);
  if (value.length < 1 || value.length > 64) throw stringLength('suffix', value.length, { min: 1, max: 64 });
  if (/^[A-Za-z0-9_-]+$/.test(value)) return value;
  throw new ApiError(
    400,
    `Invalid 'suffix': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9-_]+$'.`,
    { param: 'suffix', code: 'invalid_value' },
  );
}

function readSeed(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidType('seed', 'an integer', value);
  const bound: NumberBound = { kind: 'integer', min: 0, max: 2147483647 };
  if (value < bound.min || value > bound.max) throw numberRange('seed', value, bound);
  return value;
}

function readMetadata(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw invalidType('metadata', 'an object', value);
  const entries = Object.entries(value);
  if (entries.length > 16) {
    throw new ApiError(
      400,
      `Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an object ` +
        `with ${entries.length} properties instead.`,
      { param: 'metadata', code: 'object_above_max_properties' },
    );
  }
  return Object.fromEntries(entries.map(([key, text]) => readPair(key, text)));
}

function readPair(key: string, text: unknown): [string, string] {
  if (key.length > 64) throw stringLength('metadata.key', key.length, { min: 0, max: 64 });
  if (typeof text !== 'string') throw invalidType(`metadata.${key}`, 'a string', text);
  if (text.length > 512) throw stringLength(`metadata.${key}`, text.length, { min: 0, max: 512 });
  return [key, text];
}

function readMethod(body: Json): Pick<JobRequest, 'method' | 'hyperparameters'> {
  const asked = body.method ?? { type: 'supervised' };
  if (!isObject(asked)) throw invalidType('method', 'an object', asked);
  const type = readText({ 'method.type': asked.type }, 'method.type');
  if (!methods.includes(type)) throw invalidValue('method.type', type, methods);
  const method = offered.find((one) => one === type);
  if (!method) {
    const message = `Model practice-ranker-1 is not available for fine-tuning with method '${type}'.`;
    throw new ApiError(400, message, { param: 'method', code: 'model_not_available' });
  }
  const other = offered.find((one) => one !== method && asked[one] !== undefined && asked[one] !== null);
  if (other !== undefined) throw unknownParameter(`method.${other}`);
  const settings = asked[method] ?? {};
  if (!isObject(settings)) throw invalidType(`method.${method}`, 'an object', settings);
  return { method, hyperparameters: readHyperparameters(body, { method, settings }) };
}

function readHyperparameters(
  body: Json,
  { method, settings }: { method: PracticeMethod; settings: Json },
): RequestedHyperparameters {
  const isNested = settings.hyperparameters !== undefined || method === 'dpo';
  const path = isNested ? `method.${method}.` : '';
  const given = (isNested ? settings.hyperparameters : body.hyperparameters) ?? {};
  if (!isObject(given)) throw invalidType(`${path}hyperparameters`, 'an object', given);
  const isKnown = (key: string): boolean => key in ranges && (key !== 'beta' || method === 'dpo');
  const extra = Object.keys(given).find((key) => !isKnown(key));
  if (extra !== undefined) throw unknownParameter(`${path}hyperparameters.${extra}`);
  const read = (key: keyof typeof ranges): number | 'auto' =>
    readNumber(`${path}hyperparameters.${key}`, given[key], ranges[key]);
  return {
    nEpochs: read('n_epochs'),
    batchSize: read('batch_size'),
    learningRateMultiplier: read('learning_rate_multiplier'),
    ...(method === 'dpo' ? { beta: read('beta') } : {}),
  };
}

function readNumber(param: string, value: unknown, bound: NumberBound): number | 'auto' {
  if (value === undefined || value === null || value === 'auto') return 'auto';
  if (typeof value !== 'number')
    throw invalidType(param, bound.kind === 'integer' ? 'an integer' : 'a number', value);
  if (bound.kind === 'integer' && !Number.isInteger(value)) throw invalidType(param, 'an integer', value);
  const isLow = bound.isMinExcluded ? value <= bound.min : value < bound.min;
  if (isLow || value > bound.max) throw numberRange(param, value, bound);
  return value;
}
