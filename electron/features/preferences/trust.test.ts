import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Choice, everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import type { TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import {
  choosing,
  createPreferenceApp,
  type PreferenceApp,
  type SetPair,
} from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

type Answer = { content: string; source: string };
const line = (prompt: string, candidates: readonly Answer[]): string =>
  JSON.stringify({ prompt, candidates });
const from = (source: string, content: string): Answer => ({ source, content });
const textOf = (pair: SetPair, side: 'a' | 'b'): string => String(pair[side]?.message.content);
const promptOf = (pair: SetPair): string => String(pair.prompt.messages.at(-1)?.content);

/** Judges all that is due to a reviewer by a rule. */
async function judgeAll(setId: string, reviewer: string, rule: (pair: SetPair) => Choice): Promise<void> {
  for (;;) {
    const [pair] = await app.client.preferences.ahead({ setId, reviewer, after: 0, limit: 1 });
    if (!pair) return;
    await app.decide({ ...pair, setId }, choosing(rule({ ...pair, setId })), reviewer);
  }
}

/** The side whose answer stands first in a list. */
const byRank =
  (...order: readonly string[]) =>
  (pair: SetPair): Choice =>
    order.indexOf(textOf(pair, 'a')) < order.indexOf(textOf(pair, 'b')) ? 'a' : 'b';
/** The side whose answer holds a text. */
const having =
  (text: string) =>
  (pair: SetPair): Choice =>
    textOf(pair, 'a').includes(text) ? 'a' : 'b';

const report = (setId: string): Promise<TrustReport> => app.client.trust.report({ setId });
const kindOf = (found: TrustReport, kind: string) => found.logic?.kinds.find((one) => one.kind === kind);

const plain = (n: number): string =>
  line(`How do I do task ${n} of my day?`, [
    from('base-model', `The terse reply to task ${n}`),
    from('tuned-model', `A kinder reply that explains task ${n} in full, step after step`),
  ]);
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => plain(n + 1));

describe('agreement and bias', () => {
  test('nobody judged: every figure says why it is not there', async () => {
    const setId = await app.makeSet(many(3));
    const found = await report(setId);
    expect(found).toMatchObject({ verdicts: 0, reviewers: [], disputes: { open: 0, settled: 0, first: [] } });
    expect(found.agreement).toMatchObject({ overlap: 0, percent: { value: null, why: 'no_overlap' } });
    expect(found.logic).toMatchObject({ decided: 0, affected: 0, total: 0, trainingPairs: 0 });
  });

  test('two reviewers who differ on 4 of 20: κ as worked out by hand, disputes, and their end', async () => {
    const setId = await app.makeSet(many(20));
    const hard = new Set([3, 7, 12, 18]);
    await judgeAll(setId, 'ann', having('kinder'));
    await judgeAll(setId, 'ben', (pair) =>
      having(hard.has(Number(/\d+/.exec(promptOf(pair))?.[0])) ? 'terse' : 'kinder')(pair),
    );
    const found = await report(setId);
    expect(found.reviewers).toEqual(['ann', 'ben']);
    expect(found.agreement.percent.value?.estimate).toBeCloseTo(0.8, 12);
    // κ from the sides each chose: (p − e) / (1 − e) with e from how often each chose A.
    const votes = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 50,
    });
    const annA = votes.rows.filter((row) => row.choice === 'a').length / 20;
    const ben = await app.client.preferences.pairs({
      setId,
      reviewer: 'ben',
      filter: everyPair,
      start: 0,
      limit: 50,
    });
    const benA = ben.rows.filter((row) => row.choice === 'a').length / 20;
    const chance = annA * benA + (1 - annA) * (1 - benA);
    expect(found.agreement.reviewers).toHaveLength(1);
    expect(found.agreement.reviewers[0]).toMatchObject({ first: 'ann', second: 'ben', pairs: 20 });
    expect(found.agreement.reviewers[0]?.kappa.value?.estimate).toBeCloseTo((0.8 - chance) / (1 - chance), 9);
    expect(found.disputes).toMatchObject({ open: 4, settled: 0 });
    expect(found.disputes.first[0]?.votes.map(({ reviewer }) => reviewer)).toEqual(['ann', 'ben']);
    expect(kindOf(found, 'opposite_winners')).toMatchObject({ findings: 4, pairs: 4 });
    expect(found.logic?.findings.every(({ isDispute }) => isDispute)).toBe(true);
    // Nobody else has the majority: the four make no training row, so none of the rows is affected.
    expect(found.logic).toMatchObject({ affected: 4, trainingPairs: 16, affectedTrainingPairs: 0 });

    const [dispute] = found.disputes.first;
    const pairId = dispute?.pairId ?? 0;
    await app.client.preferences.decide({
      setId,
      pairId,
      reviewer: 'eve',
      role: 'adjudicator',
      verdict: choosing('a'),
      replaces: null,
      elapsedMs: 900,
    });
    const after = await report(setId);
    expect(after.disputes).toMatchObject({ open: 3, settled: 1 });
    expect(kindOf(after, 'opposite_winners')).toMatchObject({ findings: 3 });
    expect(after.reviewers).toEqual(['ann', 'ben']);
    expect(after.agreement.percent).toEqual(found.agreement.percent);
    expect(after.logic).toMatchObject({ trainingPairs: 17 });
  });

  test('a reviewer who always takes the left, and one who takes the longer answer', async () => {
    const setId = await app.makeSet(many(60), { repeatShare: 0.5 });
    await judgeAll(setId, 'lefty', () => 'a');
    await judgeAll(setId, 'fair', having('kinder'));
    const found = await report(setId);
    const lefty = found.position.find(({ reviewer }) => reviewer === 'lefty');
    expect(lefty).toMatchObject({ left: 90, right: 0, share: { estimate: 1, high: 1 } });
    expect(lefty?.share?.low).toBeGreaterThan(0.9);
    expect(found.position.find(({ reviewer }) => reviewer === 'fair')?.share?.p).toBeGreaterThan(0.01);
    const of = (name: string) => found.consistency.find(({ reviewer }) => reviewer === name);
    expect(of('lefty')).toMatchObject({ repeats: 30, same: 0, leftTwice: 30 });
    expect(of('fair')).toMatchObject({ repeats: 30, same: 30, share: { estimate: 1 } });
    expect(of('fair')?.share?.low).toBeGreaterThan(0.85);
    const longer = found.length.find(({ reviewer }) => reviewer === 'fair');
    expect(longer).toMatchObject({
      pairs: 60,
      longer: { estimate: 1 },
      model: { state: 'separated', direction: 1 },
    });
    expect(found.consistency[0]).toMatchObject({ reviewer: null, repeats: 60, same: 30 });
  });
});

describe('logic', () => {
  test('a planted cycle is shown the shortest way round, with the pairs that say so', async () => {
    const answers = ['alpha answer', 'beta answer', 'gamma answer'].map((text, n) => from(`m${n}`, text));
    const setId = await app.makeSet([line('Which is best?', answers), plain(1), plain(2)]);
    const beats: Record<string, string> = { alpha: 'beta', beta: 'gamma', gamma: 'alpha' };
    await judgeAll(setId, 'ann', (pair) => {
      const word = (side: 'a' | 'b'): string => textOf(pair, side).split(' ')[0] ?? '';
      if (!(word('a') in beats)) return having('kinder')(pair);
      return beats[word('a')] === word('b') ? 'a' : 'b';
    });
    const found = await report(setId);
    const [cycle] = found.logic?.findings ?? [];
    expect(cycle).toMatchObject({ kind: 'cycle', pairs: 3, prompt: 'Which is best?', isDispute: false });
    const shown = cycle?.cycle?.answers.map(({ preview }) => preview.split(' ')[0] ?? '') ?? [];
    expect(shown.toSorted()).toEqual(['alpha', 'beta', 'gamma']);
    for (const [at, word] of shown.entries()) expect(beats[word]).toBe(shown[(at + 1) % 3]);
    expect(cycle?.pairIds).toContain(cycle?.judgeFirst);
    expect(found.logic).toMatchObject({ affected: 3, trainingPairs: 5, affectedTrainingPairs: 3, total: 1 });
    const rows = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: { ...everyPair, pairIds: cycle?.pairIds ?? [] },
      start: 0,
      limit: 10,
    });
    expect(rows.rows.map(({ prompt }) => prompt)).toEqual(Array(3).fill('Which is best?'));
  });

  test('winners that break a check: no JSON among JSON, personal data, a call that fits no tool', async () => {
    const tools = [
      {
        type: 'function',
        function: {
          name: 'weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    ];
    const call = (args: string, name = 'weather') => ({
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name, arguments: args } }],
    });
    const toolLine = (question: string, preferred: unknown) =>
      JSON.stringify({
        input: { messages: [{ role: 'user', content: question }], tools },
        preferred_output: [preferred],
        non_preferred_output: [{ role: 'assistant', content: 'I cannot look that up' }],
      });
    const lines = [
      line('Give me the order as JSON', [
        from('x', 'Sure! WINNER it is two shirts'),
        from('y', '{"shirts":2}'),
      ]),
      line('Who do I ask about shoes?', [
        from('x', 'WINNER Write to maria.keller@example-shop.de about it'),
        from('y', 'Ask the shop, they know'),
      ]),
      line('Is bob.smith@mail-host.org right for Bob?', [
        from('x', 'WINNER Yes, bob.smith@mail-host.org is right'),
        from('y', 'No idea at all, sorry'),
      ]),
      toolLine('Weather in Rome?', call('{"town":"Rome"}')),
      toolLine('Weather in Oslo?', call('{"city":"Oslo"}')),
      toolLine('Weather in Bern?', call('{}', 'forecast')),
    ];
    const setId = await app.makeSet(lines);
    await judgeAll(setId, 'ann', (pair) =>
      pair.a.message.tool_calls || textOf(pair, 'a').includes('WINNER') ? 'a' : 'b',
    );
    await judgeAll(setId, 'ben', (pair) =>
      pair.a.message.tool_calls || textOf(pair, 'a').includes('WINNER') ? 'a' : 'b',
    );
    const found = await report(setId);
    expect(kindOf(found, 'winner_breaks_check')).toMatchObject({ findings: 4, pairs: 4 });
    const broken = Object.fromEntries(
      found.logic?.findings.map((one) => [one.prompt, one.broken.map(({ check }) => check)]) ?? [],
    );
    expect(broken).toEqual({
      'Give me the order as JSON': ['not_json'],
      'Who do I ask about shoes?': ['personal_data'],
      'Weather in Rome?': ['call_arguments'],
      'Weather in Bern?': ['call_unknown'],
    });
    expect(JSON.stringify(found)).not.toContain('maria.keller');
  });

  test('near-identical sides, and duplicate prompts with opposite lessons', async () => {
    const long =
      'the parcel leaves our house on Monday and reaches you by Thursday of the same week at the latest';
    const prompt =
      'Please tell me when the parcel that I ordered on Sunday night will leave and when it will be here';
    const lines = [
      line(prompt, [from('x', `Dear customer, ${long}`), from('y', 'No')]),
      line(`${prompt}!`, [from('x', `Dear customer: ${long}.`), from('y', 'No')]),
      line('Another thing entirely, about shoes', [from('x', `Well, ${long}`), from('y', `Well ${long}!`)]),
    ];
    const setId = await app.makeSet(lines);
    await judgeAll(setId, 'ann', (pair) => having(promptOf(pair).endsWith('!') ? 'No' : 'parcel')(pair));
    const found = await report(setId);
    expect(kindOf(found, 'opposite_lessons')).toMatchObject({ findings: 1, pairs: 2 });
    expect(kindOf(found, 'sides_alike')).toMatchObject({ findings: 1, pairs: 1 });
    expect(found.logic?.affected).toBe(3);
  });
});

describe('strengths', () => {
  const three = (n: number): string =>
    line(`Question number ${n}, please?`, [
      from('source-strong', `best ${n}`),
      from('source-middle', `fair ${n}`),
      from('source-weak', `poor ${n}`),
    ]);
  /** Strong wins 9 of 10, middle beats weak 8 of 10. */
  const rule = (pair: SetPair): Choice => {
    const n = Number(/\d+/.exec(promptOf(pair))?.[0]);
    const upset =
      n % 10 === 0 ||
      (n % 10 === 5 && !textOf(pair, 'a').startsWith('best') && !textOf(pair, 'b').startsWith('best'));
    const better = byRank(`best ${n}`, `fair ${n}`, `poor ${n}`)(pair);
    if (!upset) return better;
    return better === 'a' ? 'b' : 'a';
  };

  test('are hidden while blind, with no name of a source in any answer; shown in their order once closed', async () => {
    const setId = await app.makeSet(
      Array.from({ length: 20 }, (_, n) => three(n + 1)),
      { repeatShare: 0.1 },
    );
    await judgeAll(setId, 'ann', rule);
    const { preferences } = app.client;
    const other = { setId, reviewer: 'zoe' };
    const [first] = await preferences.ahead({ ...other, after: 0, limit: 10 });
    const pairId = first?.pairId ?? 0;
    const answers = [
      await report(setId),
      await preferences.list(),
      await preferences.get({ setId }),
      await preferences.pairs({ ...other, filter: everyPair, start: 0, limit: 100 }),
      await preferences.progress(other),
      await preferences.ahead({ ...other, after: 0, limit: 10 }),
      await preferences.pair({ ...other, pairId, role: 'reviewer' }),
      await preferences.pair({ ...other, pairId, role: 'adjudicator' }),
      await preferences.recent({ setId, reviewer: 'zoe', limit: 50 }),
      await preferences.history({ setId, pairId }),
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/source-(strong|middle|weak)/);
    expect((await report(setId)).strengths).toEqual({ state: 'hidden' });

    await preferences.close({ setId });
    const { strengths } = await report(setId);
    if (strengths.state !== 'shown') throw new Error(`the strengths are ${strengths.state}`);
    expect(strengths.sources.players.map(({ name }) => name)).toEqual([
      'source-strong',
      'source-middle',
      'source-weak',
    ]);
    expect(strengths.sources.comparisons).toBe(60);
    // 18 of 20 against each of the others; the middle one 2 + 16 of 40.
    expect(strengths.sources.players.map(({ wins, losses }) => [wins, losses])).toEqual([
      [36, 4],
      [18, 22],
      [6, 34],
    ]);
    expect(strengths.sources.players[0]?.winRate?.estimate).toBeCloseTo(0.9, 12);
    expect(strengths.prompts).toHaveLength(20);
    expect(strengths.prompts[0]?.players).toHaveLength(3);
    await preferences.reopen({ setId });
    expect((await report(setId)).strengths).toEqual({ state: 'hidden' });
    await preferences.unblind({ setId });
    expect((await report(setId)).strengths.state).toBe('shown');
  });

  test('a report follows what is taken back', async () => {
    const setId = await app.makeSet(many(2));
    await judgeAll(setId, 'ann', having('kinder'));
    const first = await report(setId);
    expect(await report(setId)).toEqual(first);
    await app.client.preferences.takeBack({ setId, reviewer: 'ann' });
    expect((await report(setId)).verdicts).toBe(1);
  });
});
