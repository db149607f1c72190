import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  JudgingPair,
  PairVerdict,
  PreferenceSettings,
  VerdictInput,
} from '../../shared/features/preferences/preferences.model.ts';
import { noVerdict } from '../../shared/features/preferences/verdict.rules.ts';
import { taskEnd } from './datasets.ts';
import { createTestCore } from './test-core.ts';

/** A pair with the set it is of. */
export type SetPair = JudgingPair & { setId: string };

/** Usual settings of a set in tests: blind, seeded, no repeats. */
export const setSettings: PreferenceSettings = {
  seed: 7,
  isBlind: true,
  repeatShare: 0,
  order: 'seeded',
  reviewersPerPair: 1,
  reviewers: [],
};

/** A verdict that says nothing but the choice. */
export const choosing = (choice: VerdictInput['choice']): VerdictInput => ({ ...noVerdict, choice });

/** A line of a preference file. */
export const pairLine = (n: number, preferred = `good ${n}`): string =>
  JSON.stringify({
    input: { messages: [{ role: 'user', content: `Question ${n}: what is ${n} plus ${n}?` }] },
    preferred_output: [{ role: 'assistant', content: preferred }],
    non_preferred_output: [{ role: 'assistant', content: `bad ${n}` }],
  });

/** A core with an open workspace, and what tests do with sets of pairs in it. */
export async function createPreferenceApp() {
  const app = createTestCore();
  const { client, folder } = app;
  await client.workspaces.create({ name: 'W', folder: join(folder, 'ws') });
  let files = 0;
  async function chosen(lines: readonly string[]): Promise<string> {
    files += 1;
    const path = join(folder, `pairs-${files}.jsonl`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return (await client.files.choosePath({ path })).file.fileId;
  }
  /** Makes a set of the lines of a file; answers its id and how its task ended. */
  async function tryToMake(lines: readonly string[], changed: Partial<PreferenceSettings> = {}) {
    const source = { kind: 'file' as const, fileId: await chosen(lines) };
    const settings = { ...setSettings, ...changed };
    const made = await client.preferences.create({ name: 'Tone', kind: 'pairs', source, settings });
    return { setId: made.setId, task: await taskEnd(client, made.taskId) };
  }
  return {
    ...app,
    tryToMake,
    async makeSet(lines: readonly string[], changed: Partial<PreferenceSettings> = {}): Promise<string> {
      const { setId, task } = await tryToMake(lines, changed);
      if (task.state !== 'succeeded') throw new Error(`the set was not made: ${task.failure?.what}`);
      return setId;
    },
    /** The next pair of a reviewer. */
    async next(setId: string, reviewer = 'ann', after = 0): Promise<SetPair> {
      const [pair] = await client.preferences.ahead({ setId, reviewer, after, limit: 1 });
      if (!pair) throw new Error('nothing is left to judge');
      return { ...pair, setId };
    },
    /** A pair as a reviewer sees it now. */
    look: async (setId: string, pairId: number, reviewer = 'ann'): Promise<SetPair> => ({
      ...(await client.preferences.pair({ setId, pairId, reviewer, role: 'reviewer' })),
      setId,
    }),
    decide: (pair: SetPair, verdict: VerdictInput, reviewer = 'ann'): Promise<PairVerdict> =>
      client.preferences.decide({
        setId: pair.setId,
        pairId: pair.pairId,
        reviewer,
        verdict,
        replaces: pair.verdict?.verdictId ?? null,
        elapsedMs: 1200,
      }),
  };
}
/** See {@link createPreferenceApp}. */
export type PreferenceApp = Awaited<ReturnType<typeof createPreferenceApp>>;
