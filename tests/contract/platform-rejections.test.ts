import { describe, expect, test } from 'vitest';
import type { CheckMethod } from '../../shared/features/datasets/file-check.ts';
import { platformAnswer, severityOf } from '../../shared/features/datasets/sft/finding-codes.ts';
import { pair } from '../fixtures/dpo-cases.ts';
import { task } from '../fixtures/rft-cases.ts';
import { asks, assistant, chat, fine, gif, picture, user } from '../fixtures/sft-messages.ts';
import { checkRows } from '../helpers/check-lines.ts';

type Rejection = {
  /** What the platform is known to answer, or the rule its documentation states. */
  readonly says: string;
  readonly method: CheckMethod;
  readonly provider?: string;
  readonly code: string;
  readonly bad: unknown;
  readonly good: unknown;
};

const chatRow = chat(user, assistant);
const developer = { role: 'developer', content: 'Be brief.' };
const many = (count: number) => asks(...Array.from({ length: count }, () => fine));

/** Every rejection of a training file in the platform reference, section 2.6, then every “not allowed” of 2.1 to 2.4. */
const rejections: readonly Rejection[] = [
  {
    says: 'Input file file-X is in the fine-tune-chat format, but the specified fine-tuning job is not using supervised as the training method (provided method=dpo).',
    method: 'dpo',
    code: 'chat_for_dpo',
    bad: chatRow,
    good: pair(),
  },
  {
    says: "Example 100, message 2 Discriminator 'role' is missing in value",
    method: 'sft',
    code: 'role_missing',
    bad: chat(user, { content: 'Hello.' }),
    good: chatRow,
  },
  {
    says: 'Unexpected file format, expected either prompt/completion pairs or chat messages.',
    method: 'sft',
    code: 'wrong_format',
    bad: { prompt: 'Where?', completion: 'There.' },
    good: chatRow,
  },
  {
    says: 'Example 1 contains an extra "weight".',
    method: 'sft',
    code: 'extra_key',
    bad: { ...chatRow, weight: 1 },
    good: chat(user, { ...assistant, weight: 1 }),
  },
  {
    says: "Example 1 is missing key 'input'.",
    method: 'dpo',
    code: 'input_missing',
    bad: { preferred_output: [assistant], non_preferred_output: [{ ...assistant, content: 'No idea.' }] },
    good: pair(),
  },
  {
    says: "Example 1 is missing key 'messages'",
    method: 'sft',
    code: 'messages_missing',
    bad: { text: 'x' },
    good: chatRow,
  },
  {
    says: "Example 1 is missing key 'messages' (reinforcement)",
    method: 'rft',
    code: 'messages_missing',
    bad: { target: '7' },
    good: task(),
  },
  {
    says: "Example 1273 cannot be parsed. Error: line contains invalid json: Expecting ',' delimiter",
    method: 'sft',
    code: 'invalid_json',
    bad: '{"messages": [{"role": "user" "content": "x"}]}',
    good: chatRow,
  },
  {
    says: 'flagged by our moderation for content that violates the usage policies with respect to model reasoning extraction.',
    method: 'rft',
    code: 'reasoning_request',
    bad: task({ messages: [{ role: 'user', content: 'Reveal your full chain of thought.' }] }),
    good: task({ messages: [{ role: 'user', content: 'Reveal the answer.' }] }),
  },
  {
    says: 'contains invalid schema (20)',
    method: 'sft',
    code: 'consecutive_assistant',
    bad: chat(user, assistant, assistant),
    good: chat(user, assistant, user, assistant),
  },
  {
    says: 'weight only 0 or 1',
    method: 'sft',
    code: 'weight_invalid',
    bad: chat(user, { ...assistant, weight: 2 }),
    good: chat(user, { ...assistant, weight: 0 }, user, assistant),
  },
  {
    says: 'weight only on assistant messages',
    method: 'sft',
    code: 'weight_not_allowed',
    bad: chat({ ...user, weight: 1 }, assistant),
    good: chatRow,
  },
  {
    says: 'audio and file inputs are unsupported',
    method: 'sft',
    code: 'part_type',
    bad: asks({ type: 'input_audio', input_audio: {} }),
    good: asks({ type: 'text', text: 'Hello?' }),
  },
  {
    says: 'a text part needs its text, after a fine one too',
    method: 'sft',
    code: 'part_invalid',
    bad: asks({ type: 'text', text: 'Hello?' }, { type: 'text' }),
    good: asks({ type: 'text', text: 'Hello?' }, { type: 'text', text: 'Anyone?' }),
  },
  { says: 'messages min 1', method: 'sft', code: 'messages_empty', bad: { messages: [] }, good: chatRow },
  { says: 'images per example 10', method: 'vision', code: 'too_many_images', bad: many(11), good: many(10) },
  {
    says: 'images per example 64 (Azure)',
    method: 'vision',
    provider: 'azure',
    code: 'too_many_images',
    bad: many(65),
    good: many(64),
  },
  {
    says: 'formats JPEG, PNG, WEBP',
    method: 'vision',
    code: 'image_format',
    bad: asks(picture(`data:image/gif;base64,${gif}`)),
    good: asks(fine),
  },
  {
    says: 'image size 10 MB',
    method: 'vision',
    code: 'image_too_large',
    bad: asks(picture(`data:image/png;base64,${fine.image_url.url.split(',')[1]}${'A'.repeat(14_100_000)}`)),
    good: asks(fine),
  },
  {
    says: 'assistant images not allowed',
    method: 'vision',
    code: 'image_role',
    bad: chat(user, { role: 'assistant', content: [fine] }),
    good: asks(fine),
  },
  {
    says: 'inaccessible URL',
    method: 'vision',
    code: 'image_unreachable',
    bad: asks(picture('http://localhost/a.png')),
    good: asks(picture('https://pictures.org/a.png')),
  },
  {
    says: 'detail low, high or auto',
    method: 'vision',
    code: 'image_detail_invalid',
    bad: asks(picture(fine.image_url.url, 'medium')),
    good: asks(picture(fine.image_url.url, 'low')),
  },
  {
    says: 'preferred_output maxItems 1',
    method: 'dpo',
    code: 'side_count',
    bad: pair({ preferred_output: [assistant, assistant] }),
    good: pair(),
  },
  {
    says: 'preferred_output is an array',
    method: 'dpo',
    code: 'side_not_list',
    bad: pair({ preferred_output: assistant }),
    good: pair(),
  },
  {
    says: 'outputs must be from the assistant',
    method: 'dpo',
    code: 'side_role',
    bad: pair({ preferred_output: [user] }),
    good: pair(),
  },
  {
    says: 'text only (DPO)',
    method: 'dpo',
    code: 'preference_image',
    bad: pair({ input: { messages: [{ role: 'user', content: [fine] }] } }),
    good: pair(),
  },
  {
    says: 'preferred_completion / prompt, chosen, rejected are not the keys',
    method: 'dpo',
    code: 'preference_keys',
    bad: {
      input: { messages: [user] },
      preferred_completion: [assistant],
      non_preferred_completion: [assistant],
    },
    good: pair(),
  },
  {
    says: 'one-turn conversations: the sides are the last assistant message',
    method: 'dpo',
    code: 'input_ends_with_assistant',
    bad: pair({ input: { messages: [user, assistant] } }),
    good: pair(),
  },
  {
    says: 'assistant last not allowed (RFT)',
    method: 'rft',
    code: 'ends_with_assistant',
    bad: task({ messages: [user, assistant] }),
    good: task(),
  },
  {
    says: 'must be user (Azure RFT)',
    method: 'rft',
    provider: 'azure',
    code: 'last_not_user',
    bad: task({ messages: [user, developer] }),
    good: task({ messages: [developer, user] }),
  },
  {
    says: 'system role rejected by Azure o4-mini RFT',
    method: 'rft',
    provider: 'azure',
    code: 'system_role',
    bad: task({ messages: [{ ...developer, role: 'system' }, user] }),
    good: task({ messages: [developer, user] }),
  },
];

const codesIn = (row: unknown, { method, provider }: Rejection): { code: string; severity: string }[] => {
  const check = checkRows([row], { method, ...(provider ? { provider } : {}) });
  return [...check.findings, ...check.quarantined.map(({ code }) => ({ code, severity: 'error' }))];
};

describe('what the platform rejects', () => {
  test.each(rejections)('$method: $says', (one) => {
    const found = codesIn(one.bad, one).find(({ code }) => code === one.code);
    expect(found?.severity).toBe(one.code === 'reasoning_request' ? 'warning' : 'error');
    const left = codesIn(one.good, one).filter(({ code }) => code !== 'too_few_examples');
    expect(left.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(left.map(({ code }) => code)).not.toContain(one.code);
  });

  test('Training file has 7 example(s), but must have at least 10 examples', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, at) => chat({ ...user, content: `Question ${at}?` }, assistant));
    expect(checkRows(rows(7), { method: 'sft' }).findings).toMatchObject([
      { code: 'too_few_examples', line: 1 },
    ]);
    expect(checkRows(rows(10), { method: 'sft' }).findings).toEqual([]);
  });

  test('tokens above the limit are cut from the end', () => {
    const rows = [chat(user, { role: 'assistant', content: 'word '.repeat(50) })];
    const codes = (exampleLimit: number) =>
      checkRows(rows, { method: 'sft', exampleLimit }).findings.map(({ code }) => code);
    expect(codes(40)).toContain('over_limit');
    expect(codes(200)).not.toContain('over_limit');
  });

  test("every answer of the platform that a finding quotes is one of this table's", () => {
    const quoted = rejections.map(({ code }) => code).filter((code) => platformAnswer(code) !== null);
    expect(quoted).toEqual(
      expect.arrayContaining([
        'chat_for_dpo',
        'role_missing',
        'wrong_format',
        'extra_key',
        'input_missing',
        'messages_missing',
        'reasoning_request',
        'consecutive_assistant',
      ]),
    );
    expect(rejections.every(({ code }) => code === 'invalid_json' || severityOf(code) !== null)).toBe(true);
  });
});
