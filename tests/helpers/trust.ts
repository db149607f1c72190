import { textOf } from '../../shared/features/datasets/example-facts.ts';
import type { Choice } from '../../shared/features/preferences/preferences.model.ts';
import type { TrustReport } from '../../shared/features/preferences/trust.model.ts';
import { choosing, createPreferenceApp, type PreferenceApp, type SetPair } from './preferences.ts';

type Answer = { content: string; source: string };

/** A line of a candidate file. */
export const candidateLine = (prompt: string, candidates: readonly Answer[]): string =>
  JSON.stringify({ prompt, candidates });

/** An answer with who wrote it. */
export const from = (source: string, content: string): Answer => ({ source, content });

/** What an answer of a pair says. */
export const answerOf = (pair: SetPair, side: 'a' | 'b'): string =>
  textOf(pair[side] ? pair[side].message : {});

/** What the last message of a pair's prompt says. */
export const promptOf = (pair: SetPair): string => textOf(pair.prompt.messages.at(-1) ?? {});

/** Chooses the side whose answer stands first in a list. */
export const byRank =
  (...order: readonly string[]) =>
  (pair: SetPair): Choice =>
    order.indexOf(answerOf(pair, 'a')) < order.indexOf(answerOf(pair, 'b')) ? 'a' : 'b';

/** Chooses the side whose answer holds a text. */
export const having =
  (text: string) =>
  (pair: SetPair): Choice =>
    answerOf(pair, 'a').includes(text) ? 'a' : 'b';

/** So many lines with a terse and a longer, kinder answer each. */
export const terseOrKinder = (count: number): string[] =>
  Array.from({ length: count }, (_, n) =>
    candidateLine(`How do I do task ${n + 1} of my day?`, [
      from('base-model', `The terse reply to task ${n + 1}`),
      from('tuned-model', `A kinder reply that explains task ${n + 1} in full, step after step`),
    ]),
  );

/** Judges all that is due to a reviewer by a rule. */
export async function judgeAll(
  client: PreferenceApp['client'],
  of: { setId: string; reviewer: string; elapsedMs?: number },
  rule: (pair: SetPair) => Choice,
): Promise<void> {
  const { setId, reviewer, elapsedMs = 1200 } = of;
  for (;;) {
    const [pair] = await client.preferences.ahead({ setId, reviewer, after: 0, limit: 1 });
    if (!pair) return;
    const { pairId } = pair;
    const verdict = choosing(rule({ ...pair, setId }));
    await client.preferences.decide({ setId, pairId, reviewer, verdict, replaces: null, elapsedMs });
  }
}

/** A preference app in which whole sets are judged by rules. */
export async function createTrustApp() {
  const app = await createPreferenceApp();
  return {
    ...app,
    judgeAll: (setId: string, reviewer: string, rule: (pair: SetPair) => Choice): Promise<void> =>
      judgeAll(app.client, { setId, reviewer }, rule),
    report: (setId: string): Promise<TrustReport> => app.client.trust.report({ setId }),
  };
}
/** See {@link createTrustApp}. */
export type TrustApp = Awaited<ReturnType<typeof createTrustApp>>;

/** What a report counts of one kind of finding. */
export const kindOf = (found: TrustReport, kind: string) =>
  found.logic?.kinds.find((one) => one.kind === kind);
