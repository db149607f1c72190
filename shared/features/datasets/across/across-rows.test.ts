import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../read-line.ts';
import type { Method } from '../datasets.model.ts';
import { createMethodLook } from './method-look.ts';

const hash = (text: string): Uint8Array => new TextEncoder().encode(text.padEnd(16, ' ').slice(-16));

function look(method: Method, rows: readonly JsonObject[], grader: unknown = null) {
  const all = createMethodLook({ method, grader, hash, readPicture: null });
  for (const [at, row] of rows.entries()) all.add(at + 1, row);
  const found = all.finish();
  return {
    rows: found.rows.map(({ row, related, finding }) => [row, finding.code, related]),
    whole: found.whole.map(({ code }) => code),
    messages: found.rows.map(({ finding }) => finding.message),
  };
}

const tool = (type: string) => ({
  type: 'function',
  function: { name: 'track', parameters: { type: 'object', properties: { id: { type } } } },
});
const answer = (content: string) => [{ role: 'assistant', content }];
const pair = (better: string, worse: string, question = 'Where?') => ({
  input: { messages: [{ role: 'user', content: question }] },
  preferred_output: answer(better),
  non_preferred_output: answer(worse),
});

describe('looking across rows', () => {
  test('a tool that some rows define otherwise, wherever the keys stand', () => {
    const usual = { messages: [], tools: [tool('string')] };
    const { function: inner, ...rest } = tool('string');
    const reordered = { messages: [], tools: [{ function: inner, ...rest }] };
    const found = look('sft', [usual, reordered, { messages: [], tools: [tool('integer')] }]);
    expect(found.rows).toEqual([[3, 'tool_definition_drift', 1]]);
    expect(found.messages[0]).toContain('parameter "id"');
    expect(look('dpo', [{ input: usual }, { input: { tools: [tool('null')] } }]).rows).toEqual([
      [2, 'tool_definition_drift', 1],
    ]);
  });

  test('preferred is nearly always longer', () => {
    const rows = Array.from({ length: 20 }, (_, at) => pair(`a long answer ${at}`, `short ${at}`));
    expect(look('dpo', rows).whole).toEqual(['preferred_longer']);
    const mixed = rows.map((row, at) => (at % 4 === 0 ? pair(`s ${at}`, `a longer one ${at}`) : row));
    expect(look('dpo', mixed).whole).toEqual([]);
    expect(look('dpo', rows.slice(0, 9)).whole).toEqual([]);
  });

  test('one pair preferred both ways, and two pairs that only share their prompt', () => {
    const hashAll = (text: string): Uint8Array => {
      const bytes = new Uint8Array(16);
      for (const [at, char] of Array.from(text).entries()) {
        bytes[at % 16] = ((bytes[at % 16] ?? 0) * 31 + (char.codePointAt(0) ?? 0)) % 251;
      }
      return bytes;
    };
    const all = createMethodLook({ method: 'dpo', grader: null, hash: hashAll, readPicture: null });
    const rows = [pair('A', 'B'), pair('B', 'A'), pair('A', 'C'), pair('B', 'A', 'When?')];
    for (const [at, row] of rows.entries()) all.add(at + 1, row);
    expect(all.finish().rows.map(({ row, related }) => [row, related])).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });

  test('a field that most rows have, and one that changes its type', () => {
    const rows = Array.from({ length: 10 }, (_, at) => ({
      messages: [],
      target: at === 3 ? 7 : '7',
      ...(at === 5 ? {} : { nums: [1] }),
      ...(at === 0 ? { note: 'rare' } : {}),
    }));
    expect(look('rft', rows).rows).toEqual([
      [4, 'item_field_type', null],
      [6, 'item_field_gap', null],
    ]);
  });

  test('fields a grader reads in templates, inside of multi graders and in Python', () => {
    const grader = {
      type: 'multi',
      graders: {
        a: { type: 'string_check', input: '{{ sample.output_json.x }}', reference: '{{item.answer.value}}' },
        b: {
          type: 'python',
          source: 'def grade(sample, item):\n  return item["target"] == item.get(\'unit\')',
        },
      },
    };
    const full = { messages: [], answer: { value: 1 }, target: 1, unit: 'm' };
    expect(look('rft', [full], grader).rows).toEqual([]);
    expect(look('rft', [{ messages: [], answer: {}, target: null }], grader).messages).toHaveLength(3);
  });
});
