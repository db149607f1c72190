import type {
  GenerationAccount,
  GenerationRequest,
} from '../../../shared/features/preferences/generation.model.ts';
import { candidatesOf, problemOf } from '../../../shared/features/preferences/generation.rules.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { streamAnswered } from './generation.sql.ts';
import type { SourceRow } from './source-row.ts';

/** A generation whose stored answers are a source; everything looked up that a worker cannot. */
export type GeneratedSource = {
  readonly kind: 'generated';
  readonly generationId: string;
  readonly request: GenerationRequest;
};

const mostRawCharacters = 4000;
const tellEvery = 500;

/** The prompts with their different answers; those with too few are set aside with the reason. */
export function* readGenerated(
  reading: { db: Db; kind: PreferenceKind; tell: (done: number) => void },
  { generationId, request }: GeneratedSource,
): Generator<SourceRow, void, void> {
  for (const { ordinal, line, input, answers } of streamAnswered(reading.db, generationId)) {
    const problem = problemOf(reading.kind, { request, answers });
    const row =
      problem === null ? { input, candidates: candidatesOf(request, answers).candidates } : { problem };
    const raw = JSON.stringify({
      ...input,
      answers: answers.map(({ message, failure }) => message ?? failure),
    });
    yield { line, row, raw: raw.slice(0, mostRawCharacters).toWellFormed() };
    if (ordinal % tellEvery === 0) reading.tell(ordinal);
  }
}

export type AccountInput = {
  readonly store: DbAddress;
  readonly generationId: string;
  readonly request: GenerationRequest;
};
export type Account = Pick<
  GenerationAccount,
  'identical' | 'comparable' | 'inputTokens' | 'outputTokens' | 'failures'
>;

const shownFailures = 5;

/** What can be said of all answers of a generation. Job `preferences.account`. */
export function createAccountJob(parts: {
  openStore(address: DbAddress, options?: { readonly?: boolean }): Db;
}) {
  return async ({ store, generationId, request }: AccountInput): Promise<Account> => {
    const db = parts.openStore(store, { readonly: true });
    try {
      const account = { identical: 0, comparable: 0, inputTokens: 0, outputTokens: 0 };
      const failures = new Map<string, number>();
      for (const { answers } of streamAnswered(db, generationId)) {
        const { candidates, identical } = candidatesOf(request, answers);
        account.identical += identical;
        if (candidates.length > 1) account.comparable += 1;
        for (const { failure, inputTokens, outputTokens } of answers) {
          account.inputTokens += inputTokens;
          account.outputTokens += outputTokens;
          if (failure !== null) failures.set(failure, (failures.get(failure) ?? 0) + 1);
        }
      }
      const most = [...failures]
        .map(([what, count]) => ({ what, count }))
        .toSorted((a, b) => b.count - a.count);
      return { ...account, failures: most.slice(0, shownFailures) };
    } finally {
      db.close();
    }
  };
}
