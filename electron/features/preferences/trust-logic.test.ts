import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { choosing } from '../../../tests/helpers/preferences.ts';
import {
  answerOf,
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

describe('logic', () => {
  test('a planted cycle is shown the shortest way round, with the pairs that say so', async () => {
    const answers = ['alpha answer', 'beta answer', 'gamma answer'].map((text, n) => from(`m${n}`, text));
    const setId = await app.makeSet([candidateLine('Which is best?', answers), ...terseOrKinder(2)]);
    const beats: Record<string, string> = { alpha: 'beta', beta: 'gamma', gamma: 'alpha' };
    await app.judgeAll(setId, 'ann', (pair) => {
      const word = (side: 'a' | 'b'): string => answerOf(pair, side).split(' ')[0] ?? '';
      if (!(word('a') in beats)) return having('kinder')(pair);
      return beats[word('a')] === word('b') ? 'a' : 'b';
    });
    const found = await app.report(setId);
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
      candidateLine('Give me the order as JSON', [
        from('x', 'Sure! WINNER it is two shirts'),
        from('y', '{"shirts":2}'),
      ]),
      candidateLine('Who do I ask about shoes?', [
        from('x', 'WINNER Write to maria.keller@example-shop.de about it'),
        from('y', 'Ask the shop, they know'),
      ]),
      candidateLine('Is bob.smith@mail-host.org right for Bob?', [
        from('x', 'WINNER Yes, bob.smith@mail-host.org is right'),
        from('y', 'No idea at all, sorry'),
      ]),
      toolLine('Weather in Rome?', call('{"town":"Rome"}')),
      toolLine('Weather in Oslo?', call('{"city":"Oslo"}')),
      toolLine('Weather in Bern?', call('{}', 'forecast')),
    ];
    const setId = await app.makeSet(lines);
    await app.judgeAll(setId, 'ann', (pair) =>
      pair.a.message.tool_calls || answerOf(pair, 'a').includes('WINNER') ? 'a' : 'b',
    );
    await app.judgeAll(setId, 'ben', (pair) =>
      pair.a.message.tool_calls || answerOf(pair, 'a').includes('WINNER') ? 'a' : 'b',
    );
    const found = await app.report(setId);
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

    // Editing the answer into the ideal one mends it, for the reviewer who edited it.
    const order = found.logic?.findings.find(({ prompt }) => prompt === 'Give me the order as JSON');
    for (const reviewer of ['ann', 'ben']) {
      const pair = await app.look(setId, order?.judgeFirst ?? 0, reviewer);
      const verdict = pair.verdict ?? choosing('a');
      await app.decide(
        pair,
        { ...choosing(verdict.choice), ideal: { role: 'assistant', content: '{"shirts":2}' } },
        reviewer,
      );
    }
    expect(kindOf(await app.report(setId), 'winner_breaks_check')).toMatchObject({ findings: 3 });
  });

  test('near-identical sides, and duplicate prompts with opposite lessons', async () => {
    const long =
      'the parcel leaves our house on Monday and reaches you by Thursday of the same week at the latest';
    const prompt =
      'Please tell me when the parcel that I ordered on Sunday night will leave and when it will be here';
    const lines = [
      candidateLine(prompt, [from('x', `Dear customer, ${long}`), from('y', 'No')]),
      candidateLine(`${prompt}!`, [from('x', `Dear customer: ${long}.`), from('y', 'No')]),
      candidateLine('Another thing entirely, about shoes', [
        from('x', `Well, ${long}`),
        from('y', `Well ${long}!`),
      ]),
    ];
    const setId = await app.makeSet(lines);
    await app.judgeAll(setId, 'ann', (pair) => having(promptOf(pair).endsWith('!') ? 'No' : 'parcel')(pair));
    const found = await app.report(setId);
    expect(kindOf(found, 'opposite_lessons')).toMatchObject({ findings: 1, pairs: 2 });
    expect(kindOf(found, 'sides_alike')).toMatchObject({ findings: 1, pairs: 1 });
    expect(found.logic?.affected).toBe(3);
  });

  test('the same answers to different questions contradict nothing', async () => {
    const answers = [from('x', 'Yes, it is.'), from('y', 'No, it is not.')];
    const setId = await app.makeSet([
      candidateLine('Is the shop in the old town open on Sundays?', answers),
      candidateLine('Can a parcel be sent to a locker abroad?', answers),
    ]);
    await app.judgeAll(setId, 'ann', (pair) => having(promptOf(pair).includes('shop') ? 'Yes' : 'No')(pair));
    expect((await app.report(setId)).logic).toMatchObject({ affected: 0, findings: [] });
  });
});
