import { type FailureData, failureData } from '../../shared/failures.ts';

export type DescribedFailure = FailureData & {
  code: string;
  /** Set when only the log knows more. */
  traceId: string | null;
};

function read(error: unknown): { code: string; message: string; data: unknown } {
  const shape = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return {
    code: typeof shape.code === 'string' ? shape.code : 'UNKNOWN',
    message: typeof shape.message === 'string' ? shape.message : String(error),
    data: shape.data,
  };
}

/** Any failure in words for a person: what happened, where, what to do, whether trying again can help. */
export function describeFailure(error: unknown): DescribedFailure {
  const { code, message, data } = read(error);
  const declared = failureData.safeParse(data);
  if (declared.success) return { ...declared.data, code, traceId: null };
  if (code === 'BAD_REQUEST') {
    return {
      code,
      what: message,
      todo: 'Change what you entered and try again.',
      retry: 'never',
      traceId: null,
    };
  }
  const trace = (data as { traceId?: unknown } | null | undefined)?.traceId;
  const traceId = typeof trace === 'string' ? trace : null;
  return {
    code,
    what: 'Something went wrong inside Lapidary.',
    todo: traceId
      ? `Try again. If it happens again, look for ${traceId} in the log.`
      : 'Try again. If it happens again, reload the window.',
    retry: 'now',
    traceId,
  };
}

/** A failure in one or two sentences, for a toast or a line under a field. */
export function failureText(error: unknown): string {
  const { what, todo } = describeFailure(error);
  return `${what} ${todo}`;
}
