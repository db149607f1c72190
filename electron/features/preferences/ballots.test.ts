import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MergeResult } from '../../../shared/features/preferences/ballots.model.ts';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import {
  blocksOf,
  createMemoryKeeper,
  createReviewed,
  judgeAll,
  makeReviewFile,
  mergeTexts,
  openFile,
  pairLines,
  passphrase,
  reviewAs,
} from '../../../tests/helpers/ballots.ts';
import { taskEnd } from '../../../tests/helpers/datasets.ts';
import { createPreferenceApp, type PreferenceApp, setSettings } from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

const merge = (
  setId: string,
  texts: readonly (string | Uint8Array)[],
  more: { typed?: string; allowsSecondKey?: boolean } = {},
): Promise<MergeResult[]> => mergeTexts(app.client, texts, { setId, folder: app.folder, ...more });

describe('review files', () => {
  test('hold nothing in clear, and no source even decrypted', async () => {
    const { path, opened, setId } = await createReviewed(app, 'ann');
    const html = readFileSync(path, 'utf8');
    for (const secret of ['Question', 'good 1', 'preferred', 'rejected', 'Tone', 'Which answer', passphrase])
      expect(html).not.toContain(secret);
    expect(html).toContain("default-src 'none'");
    const plain = JSON.stringify(opened.data);
    expect(plain).toContain('Question 1');
    for (const source of ['preferred', 'rejected', 'pairId', 'candidateId'])
      expect(plain).not.toContain(source);
    expect(blocksOf(path).head.iterations).toBeGreaterThanOrEqual(600_000);
    const [file] = await app.client.ballots.list({ setId });
    expect(file).toMatchObject({ pairs: 4, reviewer: null, returned: [] });
    expect(app.log.lines.join()).not.toContain(passphrase);
  });

  test('another passphrase opens nothing; the same one typed in another form does', async () => {
    const { path } = await createReviewed(app, 'ann', 1);
    await expect(openFile(path, 'seven green appleS')).rejects.toThrow();
    await expect(openFile(path, ` ${passphrase}\n`)).resolves.toBeTruthy();
  });

  test('only the chosen pairs, in the order of the queue', async () => {
    const setId = await app.makeSet(pairLines(6));
    const { rows } = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 10,
    });
    const filter = { ...everyPair, pairIds: rows.slice(2).map(({ pairId }) => pairId) };
    expect(await app.client.ballots.count({ setId, filter, reviewer: null })).toEqual({ pairs: 4 });
    const path = await makeReviewFile(app.client, { setId, folder: app.folder, which: { filter, limit: 3 } });
    const { data } = await openFile(path);
    expect(data.pairs.map(({ a }) => a)).toEqual(rows.slice(2, 5).map(({ a }) => a));
  });

  test('the passphrase is written down nowhere', async () => {
    const { path } = await createReviewed(app, 'ann', 1);
    const { events } = await app.client.workspaces.history({ beforeSeq: null, limit: 20 });
    const tasks = await app.client.activity.list();
    expect(JSON.stringify([events, tasks])).not.toContain(passphrase);
    expect(readFileSync(path, 'utf8')).not.toContain(passphrase);
  });
});

describe('ballots', () => {
  test('are merged with all they say, once, and can be undone and made again', async () => {
    const { setId, review } = await createReviewed(app, 'ann');
    await review.goTo(2);
    await review.remark({ strength: 3, reasons: ['tone'], note: '<img src=x onerror=alert(1)>' });
    await review.goTo(1);
    await review.flag();
    const { text } = await review.ballot();
    const [first] = await merge(setId, [text]);
    expect(first).toMatchObject({ refused: null, reviewer: 'ann', added: 4, changed: 0 });
    expect(await app.client.preferences.get({ setId })).toMatchObject({
      verdicts: 4,
      finished: 4,
      flagged: 1,
    });
    const { rows } = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 10,
    });
    expect(rows.map(({ choice }) => choice)).toEqual(['a', 'b', 'a', 'b']);
    const pair = await app.look(setId, rows[1]?.pairId ?? 0);
    expect(pair.verdict).toMatchObject({
      strength: 3,
      reasons: ['tone'],
      note: '<img src=x onerror=alert(1)>',
      origin: 'file',
      isBlind: true,
      elapsedMs: 1002,
    });
    const [again] = await merge(setId, [text]);
    expect(again).toMatchObject({ refused: 'replayed', added: 0 });
    await app.client.workspaces.undo();
    expect(await app.client.preferences.get({ setId })).toMatchObject({
      verdicts: 0,
      finished: 0,
      flagged: 0,
    });
    await app.client.workspaces.redo();
    expect(await app.client.preferences.get({ setId })).toMatchObject({
      verdicts: 4,
      finished: 4,
      flagged: 1,
    });
    await app.client.workspaces.undo();
    expect(await merge(setId, [text])).toMatchObject([{ refused: null, added: 4 }]);
    expect((await app.client.workspaces.verifyHistory()).isIntact).toBe(true);
  });

  test('a changed verdict is history, a taken back one is withdrawn, the rest stays', async () => {
    const { setId, review } = await createReviewed(app, 'ann');
    const first = await review.ballot();
    await review.goTo(1);
    await review.decide({ choice: 'tie' }, 10);
    await review.goTo(3);
    await review.decide({ choice: 'b' }, 10);
    await review.takeBack();
    const second = await review.ballot();
    expect(second.sequence).toBe(2);
    expect(await merge(setId, [first.text, second.text])).toMatchObject([
      { added: 4 },
      { added: 0, changed: 1, unchanged: 2, withdrawn: 1 },
    ]);
    const { rows } = await app.client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 10,
    });
    expect(rows.map(({ choice }) => choice)).toEqual(['tie', 'b', null, 'b']);
    const { verdicts } = await app.client.preferences.history({ setId, pairId: rows[0]?.pairId ?? 0 });
    expect(verdicts.map(({ choice, state }) => [choice, state])).toEqual([
      ['a', 'replaced'],
      ['tie', 'current'],
    ]);
    expect(await merge(setId, [first.text])).toMatchObject([{ refused: 'replayed' }]);
    await app.client.workspaces.undo();
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 4 });
  });

  test('of several reviewers count each, and each is one step of undo', async () => {
    const { setId, opened, review } = await createReviewed(app, 'ann');
    const other = await reviewAs(opened, 'bob');
    await judgeAll(other);
    const texts = [(await review.ballot()).text, (await other.ballot()).text];
    expect(await merge(setId, texts)).toMatchObject([{ added: 4 }, { added: 4 }]);
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 8 });
    expect((await app.client.ballots.list({ setId }))[0]?.returned).toMatchObject([
      { reviewer: 'ann', verdicts: 4 },
      { reviewer: 'bob', verdicts: 4 },
    ]);
    await app.client.workspaces.undo();
    expect(await app.client.preferences.get({ setId })).toMatchObject({ verdicts: 4 });
  });

  test('go on in the same browser, and from a saved ballot in another', async () => {
    const setId = await app.makeSet(pairLines(3));
    const opened = await openFile(await makeReviewFile(app.client, { setId, folder: app.folder }));
    const keeper = createMemoryKeeper();
    const before = await reviewAs(opened, 'ann', keeper);
    await before.remark({ note: 'half a thou' });
    await before.decide({ choice: 'a' }, 5);
    await before.goTo(2);
    await before.remark({ note: 'not yet' });
    const after = await reviewAs(opened, '', keeper);
    expect(after).toMatchObject({ reviewer: 'ann', at: 2, decided: 1, draft: { note: 'not yet' } });
    const { text } = await after.ballot();
    const elsewhere = await reviewAs(opened, 'ann');
    expect(await elsewhere.load(text)).toEqual({ verdicts: 1, hasOtherKey: true });
    expect(elsewhere.at).toBe(2);
    const second = (await elsewhere.ballot()).text;
    expect(await merge(setId, [text, second])).toMatchObject([{ refused: null }, { refused: 'second_key' }]);
    expect(await merge(setId, [second], { allowsSecondKey: true })).toMatchObject([
      { refused: null, unchanged: 1 },
    ]);
  });

  test('of a set of ratings give stars', async () => {
    const { client, folder } = app;
    const path = join(folder, 'ratings.jsonl');
    writeFileSync(path, `${pairLines(2).join('\n')}\n`);
    const { file } = await client.files.choosePath({ path });
    const { setId, taskId } = await client.preferences.create({
      name: 'Stars',
      kind: 'ratings',
      source: { kind: 'file', fileId: file.fileId },
      settings: setSettings,
    });
    await taskEnd(client, taskId);
    const review = await reviewAs(await openFile(await makeReviewFile(client, { setId, folder })), 'ann');
    expect(review.data.pairs.map(({ b }) => b)).toEqual([null, null, null, null]);
    await review.decide({ rating: 5 }, 10);
    expect(await merge(setId, [(await review.ballot()).text])).toMatchObject([{ refused: null, added: 1 }]);
    const [given] = await client.preferences.recent({ setId, reviewer: 'ann', limit: 1 });
    expect(given).toMatchObject({ choice: null, rating: 5, origin: 'file' });
  });
});
