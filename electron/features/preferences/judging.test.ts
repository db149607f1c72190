import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { noVerdict } from '../../../shared/features/preferences/verdict.rules.ts';
import {
  choosing,
  createPreferenceApp,
  pairLine,
  type PreferenceApp,
} from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

describe('judging', () => {
  test('sources are hidden until a pair and its repeat are decided', async () => {
    const setId = await app.makeSet(
      [1, 2, 3, 4].map((n) => pairLine(n)),
      { repeatShare: 0.25 },
    );
    const first = await app.next(setId);
    expect(first.a.source).toBeNull();
    expect(first.b?.source).toBeNull();
    const shown: (string | null)[] = [];
    for (let at = 0; at < 5; at += 1) await app.decide(await app.next(setId), choosing('a'));
    expect(await app.client.preferences.ahead({ setId, reviewer: 'ann', after: 0, limit: 1 })).toEqual([]);
    const again = await app.look(setId, first.pairId);
    shown.push(again.a.source, again.b?.source ?? null);
    expect(new Set(shown)).toEqual(new Set(['preferred', 'rejected']));
    expect(again.verdict?.isBlind).toBe(true);
    const other = await app.look(setId, first.pairId, 'bob');
    expect(other.a.source).toBeNull();
  });

  test('a repeat shows the sides swapped', async () => {
    const setId = await app.makeSet(
      Array.from({ length: 12 }, (_, at) => pairLine(at + 1)),
      { repeatShare: 0.5 },
    );
    const { rows, total } = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 100,
    });
    const set = await app.client.preferences.get({ setId });
    expect(set.repeats).toBeGreaterThan(0);
    expect(total).toBe(12 + set.repeats);
    const seen = new Map<string, string>();
    let swapped = 0;
    for (const { prompt, a, b } of rows) {
      const before = seen.get(prompt);
      if (before !== undefined) {
        expect(before).toBe(`${b}|${a}`);
        swapped += 1;
      } else seen.set(prompt, `${a}|${b}`);
    }
    expect(swapped).toBe(set.repeats);
  });

  test('undo brings the pair back also after a restart; history keeps what was said', async () => {
    const setId = await app.makeSet([pairLine(1), pairLine(2)]);
    const pair = await app.next(setId);
    await app.decide(pair, { ...choosing('a'), strength: 2, reasons: ['tone'], note: 'kinder' });
    const changed = await app.look(setId, pair.pairId);
    await app.decide(changed, choosing('tie'));
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 1, finished: 1 });
    const [{ folder }] = [(await app.client.workspaces.status()).open ?? { folder: '' }];
    await app.client.workspaces.close();
    await app.client.workspaces.open({ folder, recoveryPhrase: null });
    await app.client.workspaces.undo();
    const back = await app.look(setId, pair.pairId);
    expect(back.verdict).toMatchObject({ choice: 'a', strength: 2, note: 'kinder', reasons: ['tone'] });
    await app.client.workspaces.undo();
    expect(await app.next(setId)).toMatchObject({ pairId: pair.pairId, verdict: null, state: 'pending' });
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 0, finished: 0 });
    const { verdicts } = await app.client.preferences.history({ setId, pairId: pair.pairId });
    expect(verdicts.map(({ choice, state }) => [choice, state])).toEqual([
      ['a', 'withdrawn'],
      ['tie', 'withdrawn'],
    ]);
  });

  test('two windows never lose or double a verdict', async () => {
    const setId = await app.makeSet([pairLine(1), pairLine(2)]);
    const pair = await app.next(setId);
    await app.decide(pair, choosing('a'));
    await expect(app.decide(pair, choosing('b'))).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const both = await app.next(setId, 'ann', pair.position);
    const results = await Promise.allSettled([
      app.decide(both, choosing('a')),
      app.decide(both, choosing('b')),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 2, finished: 2 });
  });

  test('taking back goes to the newest verdict of this set, whatever was changed since', async () => {
    const setId = await app.makeSet([pairLine(1), pairLine(2)]);
    const pair = await app.next(setId);
    await app.decide(pair, choosing('b'));
    await app.client.preferences.rename({ setId, name: 'Voice' });
    expect(await app.client.preferences.takeBack({ setId, reviewer: 'ann' })).toEqual({
      pairId: pair.pairId,
    });
    expect((await app.client.preferences.get({ setId })).name).toBe('Voice');
    expect((await app.next(setId)).pairId).toBe(pair.pairId);
    await app.client.workspaces.undo();
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 1, name: 'Voice' });
    expect(await app.client.preferences.takeBack({ setId, reviewer: 'bob' })).toEqual({ pairId: null });
  });

  test('a skipped pair waits, a flagged one is found, a draft comes back', async () => {
    const setId = await app.makeSet([pairLine(1), pairLine(2), pairLine(3)]);
    const [one, two, three] = await app.client.preferences.ahead({
      setId,
      reviewer: 'ann',
      after: 0,
      limit: 3,
    });
    if (!one || !two || !three) throw new Error('three pairs were expected');
    const { preferences } = app.client;
    await preferences.skip({ setId, pairId: one.pairId, reviewer: 'ann' });
    await preferences.flag({ setId, pairId: two.pairId, reviewer: 'ann', isFlagged: true });
    const draft = { ...noVerdict, note: 'not sure' };
    await preferences.saveDraft({ setId, pairId: three.pairId, reviewer: 'ann', draft });
    const ids = async (filter: Partial<typeof everyPair>) =>
      (
        await preferences.pairs({
          setId,
          reviewer: 'ann',
          filter: { ...everyPair, ...filter },
          start: 0,
          limit: 10,
        })
      ).rows.map(({ pairId }) => pairId);
    expect(await ids({ states: ['skipped'] })).toEqual([one.pairId]);
    expect(await ids({ isFlagged: true })).toEqual([two.pairId]);
    await preferences.flag({ setId, pairId: three.pairId, reviewer: 'ann', isFlagged: true });
    expect(await ids({ isFlagged: true })).toEqual([two.pairId, three.pairId]);
    await app.client.workspaces.undo();
    expect(await ids({ isFlagged: true })).toEqual([two.pairId]);
    expect(await ids({ states: ['draft'] })).toEqual([three.pairId]);
    expect(await ids({ states: ['pending', 'draft'] })).toEqual([two.pairId, three.pairId]);
    expect(await ids({ text: 'question 2' })).toHaveLength(1);
    expect(
      (await preferences.pair({ setId, pairId: three.pairId, reviewer: 'ann', role: 'reviewer' })).draft,
    ).toEqual(draft);
    expect((await preferences.progress({ setId, reviewer: 'ann' })).mine).toEqual({
      reviewer: 'ann',
      due: 3,
      decided: 0,
      skipped: 1,
      drafts: 1,
      flagged: 1,
    });
    expect((await app.next(setId)).pairId).toBe(two.pairId);
  });

  test('reviewers who disagree make a dispute until an adjudicator settles it', async () => {
    const setId = await app.makeSet([pairLine(1)], { reviewersPerPair: 2 });
    const pair = await app.next(setId);
    await app.decide(pair, choosing('a'));
    const disputed = async () =>
      (
        await app.client.preferences.pairs({
          setId,
          reviewer: 'ann',
          filter: { ...everyPair, isDisputed: true },
          start: 0,
          limit: 10,
        })
      ).total;
    expect(await disputed()).toBe(0);
    await app.decide(await app.next(setId, 'bob'), choosing('b'), 'bob');
    expect(await disputed()).toBe(1);
    expect((await app.client.preferences.get({ setId })).finished).toBe(1);
    const view = await app.client.preferences.pair({
      setId,
      pairId: pair.pairId,
      reviewer: 'cleo',
      role: 'adjudicator',
    });
    expect(view.others.map(({ reviewer, choice }) => [reviewer, choice])).toEqual([
      ['ann', 'a'],
      ['bob', 'b'],
    ]);
    await app.client.preferences.decide({
      setId,
      pairId: pair.pairId,
      reviewer: 'cleo',
      role: 'adjudicator',
      verdict: choosing('b'),
      replaces: null,
      elapsedMs: 10,
    });
    expect(await disputed()).toBe(0);
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 2, finished: 1 });
  });

  test('a closed queue takes no verdict and shows the sources', async () => {
    const setId = await app.makeSet([pairLine(1)]);
    const pair = await app.next(setId);
    await app.client.preferences.close({ setId });
    await expect(app.decide(pair, choosing('a'))).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
    const shown = await app.look(setId, pair.pairId);
    expect(new Set([shown.a.source, shown.b?.source])).toEqual(new Set(['preferred', 'rejected']));
    await app.client.preferences.reopen({ setId });
    await app.decide(pair, { ...choosing('a'), ideal: { role: 'assistant', content: 'ideal' } });
    const { verdict } = await app.look(setId, pair.pairId);
    expect(verdict?.ideal).toEqual({ role: 'assistant', content: 'ideal' });
  });

  test('pairs are dealt out, every one to as many as should judge it', async () => {
    const setId = await app.makeSet([1, 2, 3, 4, 5, 6].map((n) => pairLine(n)));
    const set = await app.client.preferences.assign({
      setId,
      reviewers: ['ann', 'bob', 'cleo'],
      reviewersPerPair: 2,
    });
    expect(set.settings).toMatchObject({ reviewersPerPair: 2, reviewers: ['ann', 'bob', 'cleo'] });
    const { all } = await app.client.preferences.progress({ setId, reviewer: 'ann' });
    expect(all.map(({ reviewer, due }) => [reviewer, due])).toEqual([
      ['ann', 4],
      ['bob', 4],
      ['cleo', 4],
    ]);
    await app.client.workspaces.undo();
    expect((await app.client.preferences.get({ setId })).settings.reviewers).toEqual([]);
  });

  test('reordering leaves what was begun in front and is undone', async () => {
    const setId = await app.makeSet(Array.from({ length: 30 }, (_, at) => pairLine(at + 1)));
    const order = async () =>
      (
        await app.client.preferences.pairs({
          setId,
          reviewer: 'ann',
          filter: everyPair,
          start: 0,
          limit: 100,
        })
      ).rows.map(({ pairId }) => pairId);
    const before = await order();
    const third = await app.next(setId, 'ann', 2);
    await app.decide(third, choosing('a'));
    await app.client.preferences.reorder({ setId, order: 'uncertainty' });
    const after = await order();
    expect(after[0]).toBe(third.pairId);
    expect(after.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
    await app.client.workspaces.undo();
    expect(await order()).toEqual(before);
  });

  test('a verdict that makes no sense is refused with words', async () => {
    const setId = await app.makeSet([pairLine(1)]);
    const pair = await app.next(setId);
    await expect(app.decide(pair, { ...choosing('tie'), strength: 2 })).rejects.toMatchObject({
      code: 'INVALID_CONTENT',
      data: { what: 'Only a better answer can be better by more or less.' },
    });
    await expect(app.decide(pair, noVerdict)).rejects.toMatchObject({ code: 'INVALID_CONTENT' });
  });
});
