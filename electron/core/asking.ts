import { AppFailure } from '../../shared/failures.ts';
import { backOffMs, type Wait } from './waiting.ts';

/** How many questions are out at once; a provider's own limits are its adapter's affair. */
const atOnce = 4;
/** A provider that fails so often in a row is given up for now; what was answered stays. */
const mostFailures = 5;

/** Works through `questions`, a few at once; the first failure stops all and is thrown once the others are back. */
export async function inTurns<Question>(
  questions: readonly Question[],
  signal: AbortSignal,
  work: (question: Question) => Promise<void>,
): Promise<void> {
  let next = 0;
  let isFailed = false;
  const lane = async (): Promise<void> => {
    for (let question = questions[next]; question && !isFailed; question = questions[next]) {
      next += 1;
      signal.throwIfAborted();
      try {
        await work(question);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Asks until there is an answer: after the time the provider names, or ever less often; refusals are final. */
export async function askPatiently<Answer>(
  wait: Wait,
  signal: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let failures = 0; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!isTemporary(error) || failures + 1 >= mostFailures) throw error;
      await wait(error.data.retryAfterMs ?? backOffMs(failures), signal);
    }
  }
}

function isTemporary(error: unknown): error is AppFailure {
  return (
    error instanceof AppFailure && (error.code === 'RATE_LIMITED' || error.code === 'PROVIDER_UNREACHABLE')
  );
}
