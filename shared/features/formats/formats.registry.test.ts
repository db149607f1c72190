import { describe, expect, it } from 'vitest';
import { assistant, chat } from '../../../tests/fixtures/shape-pieces.ts';
import { shapeRows } from '../../../tests/fixtures/shape-rows.ts';
import { codecs, recogniseShapes } from './formats.registry.ts';

describe('shapes recognised by themselves', () => {
  it.each(
    shapeRows.map((one) => [`${one.shape} ${one.method} ${Object.keys(one.row).join(',')}`, one] as const),
  )('%s', (_name, one) => {
    const [best] = recogniseShapes([one.row]);
    expect(best).toMatchObject({ shape: one.shape, method: one.method });
    expect(codecs[one.shape].read(one.row)).toMatchObject({
      kind: 'example',
      example: { method: one.method, value: one.value, extra: one.extra ?? {} },
    });
  });

  it('knows nothing of rows that are no examples', () => {
    expect(recogniseShapes([{ name: 'Bonn', population: 330_000 }])).toEqual([]);
    expect(recogniseShapes([])).toEqual([]);
  });

  it('says how many of the rows fit', () => {
    const [best] = recogniseShapes([{ messages: chat }, { note: 'a comment' }]);
    expect(best?.why).toContain('(1 of 2 rows)');
    expect(best?.confidence).toBeLessThan(0.6);
  });
});

describe('transcripts', () => {
  const rows = [
    { conversation_id: 1, role: 'Customer', text: 'Hi', channel: 'web', at: '9:01' },
    { conversation_id: 1, role: 'Agent', text: 'Hello', channel: 'web', at: '9:02' },
    { conversation_id: 2, role: 'Customer', text: 'Bye', channel: 'web', at: '9:03' },
  ];

  it('joins the turns of one conversation', () => {
    const { join } = codecs.transcript;
    expect(rows.map((row, index) => index === 0 || join?.beginsExample(row, rows[index - 1] ?? {}))).toEqual([
      true,
      false,
      true,
    ]);
    expect(join?.readAll(rows.slice(0, 2))).toMatchObject({
      kind: 'example',
      example: { value: { messages: chat }, extra: { conversation_id: 1, channel: 'web' } },
      losses: [{ field: 'at' }],
    });
  });

  it('says why a conversation without an answer is no example', () => {
    expect(codecs.transcript.join?.readAll(rows.slice(2))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('what cannot be had says so', () => {
  it.each([
    [
      'batch-output',
      { custom_id: 'c', response: { body: { choices: [{ message: assistant }] } } },
      /input file/,
    ],
    ['batch-output', { custom_id: 'c', response: { status_code: 429, body: {} } }, /429/],
    ['trl', { prompt: 'Hi', completion: 'Hello', label: true }, /verdict/],
    ['openai-sft', { messages: [] }, /empty/],
    ['openai-sft', { messages: [{ content: 'x' }] }, /Message 1 .* no role/],
    ['sharegpt', { conversations: [{ from: 'alien', value: 'x' }] }, /alien/],
    ['label-studio', { data: { text: 'x' }, annotations: [] }, /Nobody/],
  ] as const)('%s', (shape, row, reason) => {
    expect(codecs[shape].read(row)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(reason) as string,
    });
  });
});
