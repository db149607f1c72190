import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { createPreferenceApp, pairLine, type PreferenceApp } from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

describe('making a set', () => {
  test('rows that are no pairs are set aside with the reason, and nothing is lost', async () => {
    const setId = await app.makeSet([
      pairLine(1),
      '{"broken',
      JSON.stringify({ prompt: 'Which?', candidates: ['one', { content: 'two', model: 'm2' }, 'three'] }),
      JSON.stringify({ prompt: 'Alone?', candidates: ['only one'] }),
      JSON.stringify({ prompt: 'Empty?', candidates: ['x', ''] }),
    ]);
    const set = await app.client.preferences.get({ setId });
    expect(set).toMatchObject({ prompts: 2, pairs: 4, quarantined: 3, verdicts: 0, finished: 0 });
    const { rows } = await app.client.preferences.quarantined({ setId, start: 0, limit: 10 });
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(rows[1]?.message).toBe('There is one answer only; a pair needs two.');
    expect(rows[2]?.message).toBe('Answer 2 is empty.');
  });

  test('the same seed draws the same order and sides; another seed others', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => pairLine(at + 1));
    const look = async (setId: string) => {
      const { rows } = await app.client.preferences.pairs({
        setId,
        reviewer: 'ann',
        filter: everyPair,
        start: 0,
        limit: 100,
      });
      return rows.map(({ a, b }) => `${a}|${b}`);
    };
    const one = await look(await app.makeSet(lines));
    expect(await look(await app.makeSet(lines))).toEqual(one);
    const other = await look(await app.makeSet(lines, { seed: 8 }));
    expect(other).not.toEqual(one);
    expect(other.toSorted()).not.toEqual(one.toSorted());
    const left = one.filter((text) => text.startsWith('good')).length;
    expect(left).toBeGreaterThan(8);
    expect(left).toBeLessThan(32);
  });

  test('two data sets with the same prompts make pairs; what has no partner is set aside', async () => {
    const { client, folder } = app;
    const one = await importText(client, {
      folder,
      name: 'one.jsonl',
      content: `${chatLine('A?', 'a1')}\n${chatLine('B?', 'b1')}\n`,
    });
    const other = await importText(client, {
      folder,
      name: 'other.jsonl',
      content: `${chatLine('B?', 'b2')}\n${chatLine('C?', 'c2')}\n`,
    });
    const source = {
      kind: 'two_datasets' as const,
      datasetIds: [one.datasetId, other.datasetId] as [string, string],
    };
    const seen = await client.preferences.preview({ source, kind: 'pairs' });
    expect(seen).toMatchObject({ prompts: 1, pairs: 1, candidates: 2, quarantined: 2 });
    expect(seen.firstQuarantined.map(({ message }) => message)).toEqual([
      'No example of “one” asks the same.',
      'No example of “other” asks the same as this one of “one”.',
    ]);
  });

  test('making a set is undone and made again', async () => {
    const setId = await app.makeSet([pairLine(1)]);
    await app.client.workspaces.undo();
    expect((await app.client.preferences.list()).map((set) => set.setId)).not.toContain(setId);
    await expect(app.client.preferences.get({ setId })).rejects.toMatchObject({
      code: 'PREFERENCES_NOT_FOUND',
    });
    await app.client.workspaces.redo();
    expect((await app.client.preferences.list())[0]?.setId).toBe(setId);
  });

  test('a source with nothing to judge leaves no set', async () => {
    const { setId, task } = await app.tryToMake(['{"a":1}']);
    expect(task.state).toBe('failed');
    expect(task.failure?.code).toBe('PREFERENCES_IMPOSSIBLE');
    await expect(app.client.preferences.get({ setId })).rejects.toMatchObject({
      code: 'PREFERENCES_NOT_FOUND',
    });
  });

  test('ordered anew by cluster, prompts that say nearly the same do not follow each other', async () => {
    const common =
      'Please say in a few plain words how a customer can change the address of an order that has left';
    const lines = [1, 2, 3, 4].flatMap((n) => [
      JSON.stringify({ prompt: `${common} number ${n}`, candidates: [`a${n}`, `b${n}`] }),
      pairLine(n),
    ]);
    const setId = await app.makeSet(lines.toSorted((a, b) => a.localeCompare(b)));
    await app.client.preferences.reorder({ setId, order: 'cluster' });
    const page = { filter: everyPair, start: 0, limit: 100 };
    const { rows } = await app.client.preferences.pairs({ setId, reviewer: 'ann', ...page });
    const isCommon = rows.map(({ prompt }) => prompt.startsWith('Please say'));
    expect(isCommon.filter(Boolean)).toHaveLength(4);
    expect(isCommon.some((one, at) => one && isCommon[at + 1] === true)).toBe(false);
  });
});
