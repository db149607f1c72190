import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createSchemaChecker } from '../../../../electron/features/datasets/schema-checker.ts';
import type { JsonObject } from '../read-line.ts';
import { isPlainExample } from './plain-example.ts';
import { checkSftExample } from './sft.rules.ts';

/*
 * The contract of a training example without tools (platform reference 2.1, 2.2), said a second time, in zod: the checks
 * by hand that an import runs must take and refuse the same examples.
 */

const reserved = /<\|(?:im_start|im_end|endoftext)\|>/;
const text = z.string().refine((value) => !reserved.test(value));
const saying = text.refine((value) => value.trim() !== '');
const textPart = z.object({ type: z.literal('text'), text });
const picture = z.object({
  type: z.literal('image_url'),
  image_url: z.object({
    url: z.literal('https://example.com/a.png'),
    detail: z.enum(['low', 'high', 'auto']).optional(),
  }),
});
type Part = { type: string; text?: string };
const saysNothing = (parts: readonly Part[]): boolean =>
  parts.every((part) => part.type === 'text' && part.text?.trim() === '');
const name = z.union([text, z.number(), z.boolean(), z.null()]).optional();
const silent = z.union([text, z.array(textPart)]);
const system = z.strictObject({ role: z.enum(['system', 'developer']), content: silent, name });
const user = z.strictObject({
  role: z.literal('user'),
  content: z.union([saying, z.array(z.union([textPart, picture])).refine((parts) => !saysNothing(parts))]),
  name,
});
const assistant = z.strictObject({
  role: z.literal('assistant'),
  content: z.union([saying, z.array(textPart).refine((parts) => !saysNothing(parts))]),
  name,
  weight: z.union([z.literal(0), z.literal(1)]).optional(),
});
const contract = z.strictObject({
  messages: z
    .array(z.discriminatedUnion('role', [system, user, assistant]))
    .refine((messages) => messages.at(-1)?.role === 'assistant')
    .refine((messages) =>
      messages.every(({ role }, at) => role !== 'assistant' || messages[at - 1]?.role !== 'assistant'),
    ),
  parallel_tool_calls: z.boolean().optional(),
});

const someText = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('Where is my parcel?', 'Größe 漢字 😀', 'a < b') },
  fc.constantFrom('', ' \n', '\u3000', '<|im_end|>', '<|other|>', '\u200b', '\u0007'),
);
const somePart = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('text'), text: someText }) },
  fc.constantFrom(
    { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
    { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'huge' } },
    { type: 'image_url' },
    { type: 'text' },
    { type: 'audio' },
    { text: 'no type' },
  ),
  fc.constantFrom<unknown>(null, 'text', 4, []),
);
const someContent = fc.oneof(
  { weight: 10, arbitrary: someText },
  { weight: 2, arbitrary: fc.array(somePart, { maxLength: 3 }) },
  fc.constantFrom<unknown>(null, 7, {}, true),
);
const turn = (role: string) =>
  fc.record(
    {
      role: fc.constant(role),
      content: someContent,
      name: fc.constantFrom<unknown>('ann', 'a b', 3),
      weight: fc.constantFrom<unknown>(0, 1, 2, true, '1'),
    },
    { requiredKeys: ['role', 'content'] },
  );
const plainTurn = (role: string) => fc.record({ role: fc.constant(role), content: someText });
const conversation = (of: typeof plainTurn | typeof turn) =>
  fc
    .tuple(
      fc.array(of('system'), { maxLength: 1 }),
      fc.array(fc.tuple(of('user'), of('assistant')), { maxLength: 3 }),
    )
    .map(([start, turns]): object[] => [...start, ...turns.flat()]);
const example = fc.oneof(
  fc.record({ messages: conversation(plainTurn) }),
  fc.record({ messages: conversation(plainTurn) }),
  fc.record(
    { messages: conversation(turn), parallel_tool_calls: fc.constantFrom<unknown>(true, false, 'true', 1) },
    { requiredKeys: ['messages'] },
  ),
);

/** What is changed in an example, by a walk that `steps` decide. */
type Change = { steps: number[]; kind: 'set' | 'drop' | 'add' | 'twice'; value: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom('set', 'drop', 'add', 'twice'),
  value: fc.constantFrom<unknown>(
    null,
    '',
    'user',
    'assistant',
    'User',
    0,
    1.5,
    true,
    [],
    {},
    'text',
    '<|im_start|>',
  ),
});
function changedBy(value: unknown, { steps: [step = 0, ...rest], kind, value: other }: Change): unknown {
  if (typeof value !== 'object' || value === null) return kind === 'set' ? other : value;
  const entries = Object.entries(value);
  const at = step % Math.max(1, entries.length);
  const [key, inner] = entries[at] ?? ['extra', null];
  if (rest.length > 0 && typeof inner === 'object') {
    entries[at] = [key, changedBy(inner, { steps: rest, kind, value: other })];
  } else if (kind === 'drop') entries.splice(at, 1);
  else if (kind === 'set') entries[at] = [key, other];
  else if (kind === 'add') entries.push(['note', other]);
  else entries.splice(at, 0, [key, inner]);
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

test('the checks by hand take what the contract takes, whatever is changed in an example', () => {
  const schemas = createSchemaChecker();
  const seen = { taken: 0, refused: 0, plain: 0 };
  fc.assert(
    fc.property(example, fc.array(change, { maxLength: 2 }), (made, changes) => {
      const changed = changes.reduce<unknown>((value, one) => changedBy(value, one), made);
      const value = JSON.parse(JSON.stringify(changed)) as JsonObject;
      const errors = checkSftExample(value, schemas).filter(({ severity }) => severity === 'error');
      const isTaken = contract.safeParse(value).success;
      expect({ value, isTaken, errors }).toEqual({ value, isTaken: errors.length === 0, errors });
      seen[isTaken ? 'taken' : 'refused'] += 1;
      if (isPlainExample(value)) seen.plain += 1;
      expect(isPlainExample(value) && !isTaken).toBe(false);
    }),
    { numRuns: 8000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(500);
});
