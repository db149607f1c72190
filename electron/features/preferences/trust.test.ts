import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Choice, everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { taskEnd } from '../../../tests/helpers/datasets.ts';
import { choosing, type SetPair, setSettings } from '../../../tests/helpers/preferences.ts';
import {
  answerOf,
  byRank,
  candidateLine,
  createTrustApp,
  from,
  having,
  kindOf,
  promptOf,
  terseOrKinder,
  type TrustApp,
} from '../../../tests/helpers/trust.ts';

let app: TrustApp;
beforeAll(async () => {
  app = await createTrustApp();
});
afterAll(() => app.close());

describe('agreement and bias', () => {
  test('nobody judged: every figure says why it is not there', async () => {
    const setId = await app.makeSet(terseOrKinder(3));
    const found = await app.report(setId);
    expect(found).toMatchObject({ verdicts: 0, reviewers: [], disputes: { open: 0, settled: 0, first: [] } });
    expect(found.agreement).toMatchObject({ overlap: 0, percent: { value: null, why: 'no_overlap' } });
    expect(found.logic).toMatchObject({ decided: 0, affected: 0, total: 0, trainingPairs: 0 });
  });

  test('two reviewers who differ on 4 of 20: κ as worked out by hand, disputes, and their end', async () => {
    const setId = await app.makeSet(terseOrKinder(20));
    const hard = new Set([3, 7, 12, 18]);
    await app.judgeAll(setId, 'ann', having('kinder'));
    await app.judgeAll(setId, 'ben', (pair) =>
      having(hard.has(Number(/\d+/.exec(promptOf(pair))?.[0])) ? 'terse' : 'kinder')(pair),
    );
    const found = await app.report(setId);
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
    expect(found.disputes.first[0]?.reviewers).toEqual(['ann', 'ben']);
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
    const after = await app.report(setId);
    expect(after.disputes).toMatchObject({ open: 3, settled: 1 });
    expect(kindOf(after, 'opposite_winners')).toMatchObject({ findings: 3 });
    expect(after.reviewers).toEqual(['ann', 'ben']);
    expect(after.agreement.percent).toEqual(found.agreement.percent);
    expect(after.logic).toMatchObject({ trainingPairs: 17 });
  });

  test('a reviewer who always takes the left, and one who takes the longer answer', async () => {
    const setId = await app.makeSet(terseOrKinder(60), { repeatShare: 0.5 });
    await app.judgeAll(setId, 'lefty', () => 'a');
    await app.judgeAll(setId, 'fair', having('kinder'));
    const found = await app.report(setId);
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

describe('strengths', () => {
  const three = (n: number): string =>
    candidateLine(`Question number ${n}, please?`, [
      from('source-strong', `best ${n}`),
      from('source-middle', `fair ${n}`),
      from('source-weak', `poor ${n}`),
    ]);
  /** Strong wins 9 of 10, middle beats weak 8 of 10. */
  const rule = (pair: SetPair): Choice => {
    const n = Number(/\d+/.exec(promptOf(pair))?.[0]);
    const upset =
      n % 10 === 0 ||
      (n % 10 === 5 && !answerOf(pair, 'a').startsWith('best') && !answerOf(pair, 'b').startsWith('best'));
    const better = byRank(`best ${n}`, `fair ${n}`, `poor ${n}`)(pair);
    if (!upset) return better;
    return better === 'a' ? 'b' : 'a';
  };

  test('are hidden while blind, with no name of a source in any answer; shown in their order once closed', async () => {
    const setId = await app.makeSet(
      Array.from({ length: 20 }, (_, n) => three(n + 1)),
      { repeatShare: 0.1 },
    );
    await app.judgeAll(setId, 'ann', rule);
    const { preferences } = app.client;
    const other = { setId, reviewer: 'zoe' };
    const [first] = await preferences.ahead({ ...other, after: 0, limit: 10 });
    const pairId = first?.pairId ?? 0;
    const answers = [
      await app.report(setId),
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
    expect((await app.report(setId)).strengths).toEqual({ state: 'hidden' });

    await preferences.close({ setId });
    const { strengths } = await app.report(setId);
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
    expect((await app.report(setId)).strengths).toEqual({ state: 'hidden' });
    await preferences.unblind({ setId });
    expect((await app.report(setId)).strengths.state).toBe('shown');
  });

  test('a report follows what is taken back', async () => {
    const setId = await app.makeSet(terseOrKinder(2));
    await app.judgeAll(setId, 'ann', having('kinder'));
    const first = await app.report(setId);
    expect(await app.report(setId)).toEqual(first);
    await app.client.preferences.takeBack({ setId, reviewer: 'ann' });
    expect((await app.report(setId)).verdicts).toBe(1);
  });
});

test('stars: agreement by their order, the same again on a repeat, no sides, no ranking', async () => {
  const { client, folder } = app;
  const path = join(folder, 'rated.jsonl');
  writeFileSync(path, `${terseOrKinder(12).join('\n')}\n`);
  const { file } = await client.files.choosePath({ path });
  const made = await client.preferences.create({
    name: 'Stars',
    kind: 'ratings',
    source: { kind: 'file', fileId: file.fileId },
    settings: { ...setSettings, repeatShare: 0.25 },
  });
  expect((await taskEnd(client, made.taskId)).state).toBe('succeeded');
  const { setId } = made;
  for (const [reviewer, kinder, terse] of [
    ['ann', 5, 2],
    ['ben', 4, 1],
  ] as const) {
    for (;;) {
      const [pair] = await client.preferences.ahead({ setId, reviewer, after: 0, limit: 1 });
      if (!pair) break;
      const rating = answerOf({ ...pair, setId }, 'a').startsWith('A kinder') ? kinder : terse;
      await app.decide({ ...pair, setId }, { ...choosing(null), rating }, reviewer);
    }
  }
  const found = await app.report(setId);
  expect(found).toMatchObject({
    logic: null,
    position: [],
    length: [],
    strengths: { state: 'hidden' },
    agreement: { overlap: 24, percent: { value: { estimate: 0 } } },
  });
  expect(found.agreement.alphaNominal.value?.estimate).toBeLessThan(0);
  expect(found.agreement.alphaOrdinal.value?.estimate).toBeGreaterThan(0.5);
  expect(found.consistency[0]).toMatchObject({ repeats: 12, same: 12, leftTwice: 0, share: { estimate: 1 } });
});
