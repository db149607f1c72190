import { describe, expect, it } from 'vitest';
import { companionText } from './companions.ts';
import { noLimits } from './codec.ts';
import { changesNumbers, Conversion, LossTally } from './conversion.ts';
import type { CanonicalExample, ExampleMethod, FormatLimits, TargetName } from './formats.model.ts';
import { codecs } from './formats.registry.ts';
import { changeMethod } from './method-change.rules.ts';
import type { ExportTarget } from './targets.model.ts';

const user = { role: 'user', content: 'Hi' };
const assistant = { role: 'assistant', content: 'Hello' };
const pair = {
  input: { messages: [user] },
  preferred_output: [assistant],
  non_preferred_output: [{ role: 'assistant', content: 'No' }],
};
const target = (
  name: TargetName,
  methods: ExampleMethod[],
  limits: Partial<FormatLimits> = {},
): ExportTarget => ({
  name,
  title: name,
  service: '',
  methods,
  container: 'lines',
  limits: { ...noLimits, ...limits },
  offersByteOrderMark: false,
  note: '',
});

describe('a method becomes another where that has a meaning', () => {
  const dpo: CanonicalExample = { method: 'dpo', value: pair, extra: {} };
  it('a pair becomes its preferred answer, and says what it loses', () => {
    expect(changeMethod(dpo, 'sft')).toMatchObject({
      kind: 'example',
      example: { method: 'sft', value: { messages: [user, assistant] } },
      losses: [{ field: 'non_preferred_output' }],
    });
  });
  it('an answer becomes the reference of a task', () => {
    const sft: CanonicalExample = { method: 'sft', value: { messages: [user, assistant] }, extra: { id: 1 } };
    expect(changeMethod(sft, 'rft')).toMatchObject({
      example: { value: { messages: [user], reference_answer: 'Hello', id: 1 } },
      losses: [{ field: 'messages' }],
    });
  });
  it('nothing becomes a pair, and a task no example', () => {
    const sft: CanonicalExample = { method: 'sft', value: { messages: [user, assistant] }, extra: {} };
    const rft: CanonicalExample = { method: 'rft', value: { messages: [user] }, extra: {} };
    expect(changeMethod(sft, 'dpo').kind).toBe('skipped');
    expect(changeMethod(rft, 'dpo').kind).toBe('skipped');
    expect(changeMethod(rft, 'sft').kind).toBe('skipped');
  });
});

describe('a conversion', () => {
  it("keeps one method for the whole file: the first row's", () => {
    const mixed = new Conversion(codecs.together, target('trl', ['sft', 'dpo', 'rft']));
    expect(mixed.row(pair)).toMatchObject({ kind: 'row', row: { prompt: [user] } });
    expect(mixed.row({ messages: [user, assistant] })).toMatchObject({ kind: 'skipped' });
    expect(mixed.method).toBe('dpo');
  });

  it('says whether a row is untouched', () => {
    const same = new Conversion(codecs['openai-sft'], target('openai-sft', ['sft']));
    expect(same.row({ messages: [user, assistant] })).toMatchObject({ isUntouched: true, losses: [] });
    expect(same.row({ messages: [user, assistant], id: 1 })).toMatchObject({
      isUntouched: false,
      losses: [{ field: 'id' }],
    });
  });

  it('leaves out what a service takes no more of, and renames roles it does not take', () => {
    const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
    const seen = { role: 'user', content: [picture, picture] };
    const few = new Conversion(codecs['openai-sft'], target('openai-sft', ['sft'], { maxImages: 1 }));
    expect(few.row({ messages: [seen, assistant] })).toMatchObject({
      kind: 'skipped',
      reason: expect.stringContaining('2 pictures') as string,
    });
    const azure = new Conversion(
      codecs['openai-rft'],
      target('azure-rft', ['rft'], { roles: { system: 'developer' } }),
    );
    expect(azure.row({ messages: [{ role: 'system', content: 'S' }, user], answer: 4 })).toMatchObject({
      row: { messages: [{ role: 'developer', content: 'S' }, user], answer: 4 },
      losses: [{ field: 'messages.role' }],
    });
  });

  it('counts a loss once for a row', () => {
    const tally = new LossTally();
    tally.add([
      { field: 'a', reason: 'x' },
      { field: 'a', reason: 'x' },
      { field: 'b', reason: 'y' },
    ]);
    tally.add([{ field: 'a', reason: 'x' }]);
    expect(tally.list).toEqual([
      { field: 'a', rows: 2, reason: 'x' },
      { field: 'b', rows: 1, reason: 'y' },
    ]);
  });

  it('notices numbers that would be rounded', () => {
    expect(changesNumbers('{"id":12345678901234567890}')).toBe(true);
    expect(changesNumbers('{"id":1234567890123456,"t":"12345678901234567890"}')).toBe(false);
    expect(changesNumbers('{"a":1}')).toBe(false);
  });
});

describe('files beside the rows', () => {
  const file = { fileName: 'a.jsonl', method: 'dpo', columns: new Set(['conversations', 'images']) } as const;
  it("LLaMA-Factory's registry keeps what it had, and is refused when it is none", () => {
    const text = companionText('llama-factory', [file], '{"b": {}}') ?? '';
    expect(JSON.parse(text)).toMatchObject({
      a: { ranking: true, columns: { images: 'images', chosen: 'chosen' } },
      b: {},
    });
    expect(companionText('llama-factory', [file], '[1]')).toBe(null);
  });
  it("Axolotl's names the fields", () => {
    expect(companionText('axolotl', [file], null)).toContain('rl: dpo\ndatasets:\n  - path: "a.jsonl"');
  });
});
