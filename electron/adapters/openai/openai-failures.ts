import { APIError, APIUserAbortError } from 'openai';
import { AppFailure } from '../../../shared/failures.ts';
import { redact } from '../../../shared/features/providers/redact.ts';

/** What is known of one call when it failed. */
export type CallFacts = {
  host: string;
  /** What the fetch underneath threw, before the SDK wrapped it. */
  thrown: unknown;
  /** The caller gave up. */
  isAborted: boolean;
  /** Our own time limit ended it. */
  isTimedOut: boolean;
  timeoutMs: number;
  secrets: readonly string[];
};

/** The answer was not what the API promises: a captive portal's page, half a document, another server. */
export class UnreadableAnswer extends Error {}

const neverSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

type Link = { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown };

function causes(error: unknown): Link[] {
  const chain: Link[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && chain.length < 8) {
    const link = next as Link;
    chain.push(link);
    if (Array.isArray(link.errors)) chain.push(...(link.errors as Link[]));
    next = link.cause;
  }
  return chain;
}

/** A failure in words: the message, and what lies under it. */
export function describeCauses(error: unknown): string {
  const words = causes(error).flatMap((link) => [link.code, link.message]);
  return [...new Set(words.filter((word): word is string => typeof word === 'string' && word !== ''))].join(
    ': ',
  );
}

/** True when the connection was never made, so that no server can have acted on the request. */
export function isNeverSent(thrown: unknown): boolean {
  return causes(thrown).some((link) => typeof link.code === 'string' && neverSentCodes.has(link.code));
}

/** True when a server answered with a redirect, which is never followed: the body goes to nobody else. */
export function isRefusedRedirect(thrown: unknown): boolean {
  return causes(thrown).some((link) => link.message === 'unexpected redirect');
}

/**
 * True when a POST that creates something may have been carried out although no usable answer came:
 * reset, time limit, 408, 5xx, or an answer that is not the API's.
 */
export function isOutcomeUnknown(error: unknown, facts: CallFacts): boolean {
  if (error instanceof UnreadableAnswer || error instanceof SyntaxError) return true;
  if (facts.thrown instanceof AppFailure || error instanceof AppFailure) return false;
  if (error instanceof APIError && error.status !== undefined)
    return error.status >= 500 || error.status === 408;
  return !isNeverSent(facts.thrown) && !isRefusedRedirect(facts.thrown);
}

/** Milliseconds a server asks to wait, of any length, from `retry-after-ms` or `retry-after` (seconds or a date). */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return Math.ceil(exact);
  const text = headers?.get('retry-after');
  if (!text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.ceil(seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function providerWords(error: APIError, facts: CallFacts): string {
  const body = error.error as { message?: unknown } | string | undefined;
  const text = typeof body === 'object' && typeof body.message === 'string' ? body.message : error.message;
  return redact(text, facts.secrets);
}

function fromStatus(error: APIError, facts: CallFacts): AppFailure {
  const { status, code } = error;
  const words = providerWords(error, facts);
  const said = `${facts.host} answered ${status}: ${words}`;
  if (status === 401) {
    return new AppFailure('KEY_REJECTED', {
      what: said,
      todo: 'Enter a new key for this connection under Settings.',
      retry: 'never',
    });
  }
  if (status === 403 && code === 'training_not_available') {
    return new AppFailure('TRAINING_NOT_AVAILABLE', {
      what: words,
      todo: 'Train with the practice provider or another one, or export the data set; everything but launching still works here.',
      retry: 'never',
    });
  }
  if (code === 'insufficient_quota' || error.type === 'insufficient_quota') {
    return new AppFailure('QUOTA_EXHAUSTED', {
      what: said,
      todo: 'Add credit at the provider, then launch again. Waiting does not help.',
      retry: 'never',
    });
  }
  if (status === 429) {
    const wait = retryAfterMs(error.headers, Date.now());
    return new AppFailure('RATE_LIMITED', {
      what: said,
      todo:
        wait === undefined
          ? 'Try again in a few minutes.'
          : 'Try again after the time the provider asks for.',
      retry: 'later',
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  if (status !== undefined && (status >= 500 || status === 408)) {
    const wait = retryAfterMs(error.headers, Date.now());
    return new AppFailure('PROVIDER_UNREACHABLE', {
      what: said,
      todo: 'The provider has a problem of its own. Try again later.',
      retry: 'later',
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return new AppFailure('PROVIDER_REFUSED', {
    what: said,
    todo: 'Correct what the provider names and try again.',
    retry: 'never',
    ...(error.param ? { where: { field: error.param } } : {}),
  });
}

function fromConnection(facts: CallFacts): AppFailure {
  if (isRefusedRedirect(facts.thrown)) {
    return new AppFailure('PROVIDER_REFUSED', {
      what: `${facts.host} wanted to send the request on to another address. Nothing was sent there.`,
      todo: 'Check the base URL of the connection; a log-in page of the network can also be the reason.',
      retry: 'never',
    });
  }
  const detail = redact(describeCauses(facts.thrown), facts.secrets);
  return new AppFailure('PROVIDER_UNREACHABLE', {
    what: facts.isTimedOut
      ? `${facts.host} did not answer within ${Math.round(facts.timeoutMs / 1000)} s.`
      : `${facts.host} cannot be reached${detail ? ` (${detail})` : ''}.`,
    todo: 'Check the address and the network, then try again.',
    retry: 'later',
  });
}

/** The one place where what went wrong at a provider becomes a failure that a person can act on. */
export function toFailure(error: unknown, facts: CallFacts): AppFailure {
  if (error instanceof AppFailure) return error;
  if (facts.thrown instanceof AppFailure) return facts.thrown;
  if (facts.isAborted || (error instanceof APIUserAbortError && !facts.isTimedOut)) {
    return new AppFailure('CANCELLED', {
      what: 'Cancelled.',
      todo: 'Nothing needs to be done.',
      retry: 'now',
    });
  }
  if (error instanceof UnreadableAnswer || error instanceof SyntaxError) {
    return new AppFailure('PROVIDER_REFUSED', {
      what: `${facts.host} answered with something that is not this API (${redact(error.message, facts.secrets)}).`,
      todo: 'Check the base URL; a log-in page of the network or a proxy can also be the reason.',
      retry: 'later',
    });
  }
  if (error instanceof APIError && error.status !== undefined) return fromStatus(error, facts);
  return fromConnection(facts);
}
