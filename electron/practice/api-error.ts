/** An answer in OpenAI's error envelope (platform reference 1). */
export class ApiError extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(status: number, message: string, where: { param?: string | null; code?: string | null } = {}) {
    super(message);
    this.status = status;
    this.param = where.param ?? null;
    this.code = where.code ?? null;
  }

  /** `{ error: { message, type, param, code } }`. */
  envelope() {
    const type = this.status >= 500 ? 'server_error' : 'invalid_request_error';
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}

/** 400: a field that must be there is not. */
export function missingParameter(param: string): ApiError {
  return new ApiError(400, `Missing required parameter: '${param}'.`, {
    param,
    code: 'missing_required_parameter',
  });
}

/** 400: a field of the wrong JSON type. */
export function invalidType(param: string, expected: string, found: unknown): ApiError {
  const message = `Invalid type for '${param}': expected ${expected}, but got ${typeInWords(found)} instead.`;
  return new ApiError(400, message, { param, code: 'invalid_type' });
}

/** 400: a field outside its set of values. */
export function invalidValue(param: string, found: unknown, allowed: readonly string[]): ApiError {
  const list = allowed.map((one) => `'${one}'`).join(', ');
  return new ApiError(400, `Invalid value: '${String(found)}'. Supported values are: ${list}.`, {
    param,
    code: 'invalid_value',
  });
}

/** 400: text that is too long or too short. */
export function stringLength(param: string, found: number, bound: { min: number; max: number }): ApiError {
  const tooLong = found > bound.max;
  const limit = tooLong ? `maximum length ${bound.max}` : `minimum length ${bound.min}`;
  const message =
    `Invalid '${param}': string too ${tooLong ? 'long' : 'short'}. ` +
    `Expected a string with ${limit}, but got a string with length ${found} instead.`;
  return new ApiError(400, message, {
    param,
    code: tooLong ? 'string_above_max_length' : 'string_below_min_length',
  });
}

/** 400: a number outside its range; `kind` is `integer` or `decimal`. */
export function numberRange(param: string, found: number, bound: NumberBound): ApiError {
  const isHigh = found > bound.max;
  const sign = isHigh ? '<=' : bound.isMinExcluded ? '>' : '>=';
  const message =
    `Invalid '${param}': ${bound.kind} ${isHigh ? 'above maximum' : 'below minimum'} value. ` +
    `Expected a value ${sign} ${isHigh ? bound.max : bound.min}, but got ${found} instead.`;
  const code = isHigh ? `${bound.kind}_above_max_value` : `${bound.kind}_below_min_value`;
  return new ApiError(400, message, { param, code });
}
export type NumberBound = {
  kind: 'integer' | 'decimal';
  min: number;
  max: number;
  isMinExcluded?: boolean;
};

/** The JSON type of a value in the words of the API. */
export function typeInWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return 'a boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return 'nothing';
}
