import * as fc from 'fast-check';
import type { CanonicalExample } from '../../shared/features/formats/formats.model.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 24 }),
  fc.constantFrom(
    '',
    ' ',
    '=1+1',
    "'=1+1",
    '<image>',
    '[]',
    '{"a":1}',
    'Überweisung\r\n„Konto“ 🙂',
    '\u2028',
    '\t"x",',
  ),
);
const name = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
const json = fc.jsonValue({ maxDepth: 3, depthSize: 'small' });
const args = fc.oneof(
  fc.dictionary(name, json, { maxKeys: 3 }).map((value) => JSON.stringify(value)),
  fc.dictionary(name, json, { maxKeys: 3 }).map((value) => JSON.stringify(value, null, 1)),
  fc.constantFrom('', '{', '"x"', '{"a": 1.0}', ' {"b":2} ', '{"n":12345678901234567890}', '{"u":"\\u00e9"}'),
);
const image = fc.record(
  {
    type: fc.constant('image_url'),
    image_url: fc.record(
      {
        url: fc.constantFrom('https://example.com/a.png', 'data:image/png;base64,AAAA'),
        detail: fc.constantFrom('low', 'high'),
      },
      { requiredKeys: ['url'] },
    ),
  },
  { requiredKeys: ['type', 'image_url'] },
);
const textPart = fc.record({ type: fc.constant('text'), text });
const parts = fc.array(fc.oneof(textPart, image), { minLength: 1, maxLength: 3 });
const weight = fc.constantFrom(0, 1);

const call = fc.record({ id: fc.constantFrom('call_1', 'call_2', 'a'), name, args }).map((one) => ({
  id: one.id,
  type: 'function',
  function: { name: one.name, arguments: one.args },
}));
const plainAnswer = fc.record(
  { role: fc.constant('assistant'), content: fc.oneof(text, fc.constant(null)), weight, name, refusal: text },
  { requiredKeys: ['role', 'content'] },
);
const calling = fc.record(
  {
    role: fc.constant('assistant'),
    content: fc.oneof(fc.constant(null), text),
    tool_calls: fc.array(call, { minLength: 1, maxLength: 2 }),
    weight,
  },
  { requiredKeys: ['role', 'tool_calls'] },
);
const question = fc.record(
  { role: fc.constant('user'), content: fc.oneof({ weight: 3, arbitrary: text }, parts), name, weight },
  { requiredKeys: ['role', 'content'] },
);
const system = fc.record({
  role: fc.constantFrom('system', 'developer'),
  content: fc.oneof(text, fc.array(textPart, { minLength: 1, maxLength: 2 })),
});
const result = fc.record({
  role: fc.constant('tool'),
  tool_call_id: fc.constantFrom('call_1', 'call_2', 'a'),
  content: text,
});
const oldCall = fc.record({
  role: fc.constant('assistant'),
  function_call: fc.record({ name, arguments: args }),
});
const oldResult = fc.record({ role: fc.constant('function'), name, content: text });

/** Conversations that every trainer takes: a system prompt perhaps, then questions and answers in texts. */
const simple = fc
  .tuple(fc.option(text, { nil: undefined }), fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }))
  .map(([told, turns]) => [
    ...(told === undefined ? [] : [{ role: 'system', content: told }]),
    ...turns.flatMap(([asked, said]) => [
      { role: 'user', content: asked },
      { role: 'assistant', content: said },
    ]),
  ]);
/** One call and its result, well ordered, as a tool-using assistant makes them. */
const toolUse = fc.tuple(text, name, args, text, text).map(([asked, fn, given, found, said]) => [
  { role: 'user', content: asked },
  {
    role: 'assistant',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: fn, arguments: given } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: found },
  { role: 'assistant', content: said },
]);
const wild = fc.array(fc.oneof(system, question, plainAnswer, calling, result, oldCall, oldResult), {
  minLength: 1,
  maxLength: 6,
});
const messages = fc.oneof(simple, toolUse, wild);

const definition = fc.record(
  {
    name,
    description: text,
    parameters: fc.constantFrom({ type: 'object', properties: { a: { type: 'string' } } }),
    strict: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);
const tools = fc.array(
  definition.map((fn) => ({ type: 'function', function: fn })),
  { minLength: 1, maxLength: 2 },
);
const extra = fc.dictionary(
  fc.constantFrom('id', 'source', 'images', 'label', 'text', 'score', 'input', 'größe'),
  json,
  { maxKeys: 2 },
);

const sft = fc
  .record({
    value: fc.record(
      {
        messages,
        tools,
        parallel_tool_calls: fc.boolean(),
        functions: fc.array(definition, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['messages'] },
    ),
    extra,
  })
  .map((one): CanonicalExample => ({ method: 'sft', ...one }));

const side = fc.oneof(
  plainAnswer.map((one) => [one]),
  calling.map((one) => [one]),
  fc.tuple(text).map(([content]) => [{ role: 'assistant', content }]),
  fc.tuple(plainAnswer, plainAnswer).map((both) => [...both]),
);
const dpo = fc
  .record({
    value: fc.record({
      input: fc.record(
        {
          messages: fc.oneof(
            simple.map((all) => all.slice(0, -1)),
            wild,
          ),
          tools,
          parallel_tool_calls: fc.boolean(),
        },
        { requiredKeys: ['messages'] },
      ),
      preferred_output: side,
      non_preferred_output: side,
    }),
    extra,
  })
  .map((one): CanonicalExample => ({ method: 'dpo', ...one }));

const rft = fc
  .record({
    messages: fc.oneof(
      simple.map((all) => all.slice(0, -1)),
      wild,
    ),
    fields: fc.dictionary(fc.constantFrom('answer', 'target', 'completion', 'größe', 'images'), json, {
      maxKeys: 3,
    }),
    tools: fc.option(tools, { nil: undefined }),
  })
  .map(
    ({ messages: told, fields, tools: known }): CanonicalExample => ({
      method: 'rft',
      value: { messages: told, ...(known === undefined ? {} : { tools: known }), ...fields },
      extra: {},
    }),
  );

/** Examples that most formats can hold whole: in order, with texts and one call of a tool at most. */
const tame = fc
  .tuple(
    fc.oneof(simple, toolUse),
    fc.option(tools, { nil: undefined }),
    text,
    fc.constantFrom('sft', 'dpo', 'rft'),
  )
  .map(([told, known, worse, method]): CanonicalExample => {
    const given = known === undefined ? {} : { tools: known };
    if (method === 'sft') return { method, value: { messages: told, ...given }, extra: {} };
    const asked = { messages: told.slice(0, -1), ...given };
    if (method === 'rft') return { method, value: { ...asked, answer: worse }, extra: {} };
    const value = {
      input: asked,
      preferred_output: told.slice(-1),
      non_preferred_output: [{ role: 'assistant', content: worse }],
    };
    return { method: 'dpo', value, extra: {} };
  });

/** Any example of any method: tools, weights, pictures, empty texts, odd scripts, and conversations in no good order. */
export const anyExample: fc.Arbitrary<CanonicalExample> = fc.oneof(
  { weight: 2, arbitrary: tame },
  { weight: 1, arbitrary: sft },
  { weight: 1, arbitrary: dpo },
  { weight: 1, arbitrary: rft },
);
