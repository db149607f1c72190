import { OpenAI } from 'openai';
import { UnknownOutcome } from '../../core/feature-ports.ts';
import type { SendPurpose } from '../../../shared/features/egress/egress.model.ts';
import { type CallFacts, isOutcomeUnknown, toFailure, UnreadableAnswer } from './openai-failures.ts';

/** Where and as whom to call; `fetchFor` answers with the gate's fetch, or the practice provider's. */
export type OpenAiParts = {
  readonly baseUrl: string;
  readonly organization: string | null;
  readonly project: string | null;
  /** Reads the key when it is needed; throws KEY_REJECTED when there is none any more. */
  apiKey(): Promise<string>;
  fetchFor(send: { purpose: SendPurpose; intentId: string | null }): typeof fetch;
};

export type ApiCall<Answer> = {
  method: 'get' | 'post';
  path: string;
  purpose: SendPurpose;
  intentId?: string | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  /** A POST that must not happen twice: throws UnknownOutcome when it may have been carried out. */
  isOnce?: boolean | undefined;
  /** Reads the answer; throws UnreadableAnswer when it is not the API's. */
  parse(answer: unknown): Answer;
};

/** Makes one call: never retried, never redirected, always with a time limit, its answer parsed. */
export type Api = <Answer>(call: ApiCall<Answer>) => Promise<Answer>;

const controlTimeoutMs = 60_000;

/** The SDK obeys these even when options are given (measured); the provider is what the user connected, nothing else. */
const obeyedVariables = [
  'OPENAI_BASE_URL',
  'OPENAI_LOG',
  'OPENAI_CUSTOM_HEADERS',
  'OPENAI_API_KEY',
  'OPENAI_ADMIN_KEY',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
  'OPENAI_WEBHOOK_SECRET',
];

function createClient(parts: OpenAiParts, apiKey: string, fetchOnce: typeof fetch): OpenAI {
  for (const name of obeyedVariables) delete process.env[name];
  return new OpenAI({
    baseURL: parts.baseUrl,
    apiKey,
    adminAPIKey: null,
    organization: parts.organization,
    project: parts.project,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchOnce,
    fetchOptions: { redirect: 'error' },
  });
}

type Attempt = { thrown: unknown; fetchOnce: typeof fetch };

/** Remembers what the fetch underneath threw: the SDK keeps only part of it. */
function observe(inner: typeof fetch): Attempt {
  const attempt: Attempt = {
    thrown: undefined,
    async fetchOnce(input, init) {
      try {
        return await inner(input, init);
      } catch (error) {
        attempt.thrown = error;
        throw error;
      }
    },
  };
  return attempt;
}

/** Builds the one way to call a provider. */
export function createApi(parts: OpenAiParts): Api {
  const host = new URL(parts.baseUrl).host;
  return async (call) => {
    const timeoutMs = call.timeoutMs ?? controlTimeoutMs;
    const timer = AbortSignal.timeout(timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, timer]) : timer;
    const secrets: string[] = [];
    const attempt = observe((input, init) =>
      parts.fetchFor({ purpose: call.purpose, intentId: call.intentId ?? null })(input, init),
    );
    try {
      const apiKey = await parts.apiKey();
      secrets.push(apiKey);
      const client = createClient(parts, apiKey, attempt.fetchOnce);
      const answer: unknown = await client[call.method](call.path, {
        signal,
        timeout: timeoutMs,
        ...(call.query ? { query: call.query } : {}),
        ...(call.body === undefined ? {} : { body: call.body }),
        ...(call.headers ? { headers: call.headers } : {}),
      });
      return call.parse(answer);
    } catch (error) {
      const facts: CallFacts = {
        host,
        thrown: attempt.thrown,
        isAborted: call.signal?.aborted ?? false,
        isTimedOut: timer.aborted,
        timeoutMs,
        secrets,
      };
      const failure = toFailure(error, facts);
      if (call.isOnce && isOutcomeUnknown(error, facts)) throw new UnknownOutcome(failure.message);
      throw failure;
    }
  };
}

/** Checks an answer against a schema; what does not fit is named by its field, never by its content. */
export function readAnswer<T>(
  schema: {
    safeParse(
      value: unknown,
    ):
      | { success: true; data: T }
      | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
  },
  answer: unknown,
): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  if (typeof answer === 'string') {
    throw new UnreadableAnswer(/<html|<!doctype/i.test(answer) ? 'a web page' : 'plain text');
  }
  const issue = parsed.error.issues[0];
  throw new UnreadableAnswer(
    `${issue?.path.map(String).join('.') || 'answer'}: ${issue?.message ?? 'does not fit'}`,
  );
}
