import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column, Mapping } from './imports.model.ts';
import { createMapper, mappingProblems } from './mapping.rules.ts';
import { suggestMapping } from './suggest-mapping.rules.ts';
import { columnTemplate, fillTemplate, templateColumns, templateParts } from './template.rules.ts';

const fill = (template: string, row: Record<string, unknown>) => fillTemplate(templateParts(template), row);

describe('templates', () => {
  test('columns, paths, numbers, lists, escapes and what is missing', () => {
    const row = { a: 'x', 'b c': 2, list: [1, { n: 'deep' }], empty: ' ' };
    expect(fill('{{a}}-{{ b c }}-{{list.1.n}}', row)).toEqual({ text: 'x-2-deep', missing: [] });
    expect(fill('{{list}}', row).text).toBe('[1,{"n":"deep"}]');
    expect(fill('\\{{a}} {{ {a} {{}} }}', row)).toEqual({ text: '{{a}} {{ {a} {{}} }}', missing: [] });
    expect(fill('{{a}}{{empty}}{{gone}}{{gone}}', row).missing).toEqual(['empty', 'gone']);
    expect(templateColumns('{{a}} {{b}} {{a}} \\{{c}}')).toEqual(['a', 'b']);
    expect(fill('{{__proto__}}{{constructor}}', {}).missing).toEqual(['__proto__', 'constructor']);
  });

  test('property: a text without braces is itself, a column is its value', () => {
    const text = fc.string().filter((one) => !/[{}\\]/.test(one));
    fc.assert(
      fc.property(text, (one) => {
        expect(fill(one, {}).text).toBe(one);
      }),
    );
    const name = fc.string({ minLength: 1 }).filter((one) => !/[{}]/.test(one) && one.trim() === one);
    fc.assert(
      fc.property(name, fc.string(), (column, value) => {
        expect(fill(columnTemplate(column), { [column]: value }).text).toBe(value);
      }),
    );
  });
});

const empty: Mapping = {
  method: 'sft',
  system: '',
  user: '',
  answer: '',
  preferred: '',
  rejected: '',
  references: [],
  weight: null,
  image: null,
  transcript: null,
  missing: 'set-aside',
};
const map = (mapping: Partial<Mapping>, ...rows: Record<string, unknown>[]) =>
  createMapper({ ...empty, ...mapping }).map(rows);

describe('mapping', () => {
  test('SFT with a system prompt, weight and picture', () => {
    const mapping = {
      system: 'Be kind to {{name}}.',
      user: '{{q}}',
      answer: '{{a}}',
      weight: 'w',
      image: 'pic',
    };
    expect(map(mapping, { name: 'Ann', q: 'Q', a: 'A', w: '0', pic: 'https://x.example/a.png' })).toEqual({
      kind: 'example',
      value: {
        messages: [
          { role: 'system', content: 'Be kind to Ann.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Q' },
              { type: 'image_url', image_url: { url: 'https://x.example/a.png' } },
            ],
          },
          { role: 'assistant', content: 'A', weight: 0 },
        ],
      },
    });
  });

  test('DPO and RFT', () => {
    expect(
      map(
        { method: 'dpo', user: '{{q}}', preferred: '{{g}}', rejected: '{{b}}' },
        { q: 'Q', g: 'G', b: 'B' },
      ),
    ).toEqual({
      kind: 'example',
      value: {
        input: { messages: [{ role: 'user', content: 'Q' }] },
        preferred_output: [{ role: 'assistant', content: 'G' }],
        non_preferred_output: [{ role: 'assistant', content: 'B' }],
      },
    });
    const references = [
      { name: 'answer', template: '{{n}}' },
      { name: 'unit', template: '{{u}}/s' },
    ];
    expect(map({ method: 'rft', user: '{{q}}', references }, { q: 'Q', n: 4, u: 'm' })).toEqual({
      kind: 'example',
      value: { messages: [{ role: 'user', content: 'Q' }], answer: 4, unit: 'm/s' },
    });
  });

  test('a row without a value is set aside by name, or goes on with nothing when that is chosen', () => {
    const mapping = { user: 'From {{name}}: {{q}}', answer: '{{a}}' };
    expect(map(mapping, { q: 'Q', a: 'A' })).toMatchObject({
      code: 'mapping_missing',
      message: expect.stringContaining('“name”'),
    });
    expect(map({ ...mapping, missing: 'leave-empty' }, { q: 'Q', a: 'A' })).toMatchObject({
      kind: 'example',
    });
    expect(map({ ...mapping, missing: 'leave-empty' }, { q: 'Q', a: ' ' })).toMatchObject({
      kind: 'set-aside',
    });
  });

  test('turns of a conversation become one example', () => {
    const roles = { customer: 'user', agent: 'assistant', note: 'leave-out' } as const;
    const transcript = { conversation: 'id', role: 'who', text: 'said', roles };
    const turns = [
      { id: 1, who: 'customer', said: 'Hi' },
      { id: 1, who: 'note', said: 'angry' },
      { id: 1, who: 'agent', said: 'Hello' },
    ];
    const mapper = createMapper({ ...empty, system: 'S', transcript });
    expect(mapper.map(turns)).toEqual({
      kind: 'example',
      value: {
        messages: [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
        ],
      },
    });
    expect(mapper.goesOn({ id: 2 }, { id: 1 })).toBe(false);
    expect(mapper.map([{ id: 1, who: 'bot', said: 'x' }])).toMatchObject({ code: 'mapping_role' });
  });

  test('what keeps a mapping from being used is said', () => {
    expect(mappingProblems({ ...empty, user: '{{nope}}' }, ['q'])).toEqual([
      'User message names a column “nope” that these rows do not have.',
      'Answer is empty.',
    ]);
    expect(mappingProblems({ ...empty, user: '{{q.text}}', answer: 'x' }, ['q'])).toEqual([]);
  });

  test('property: no mapping and no row makes it throw', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue());
    const template = fc.string({ unit: fc.constantFrom('{{', '}}', 'a', 'b', '\\', ' '), maxLength: 8 });
    fc.assert(
      fc.property(row, template, fc.constantFrom('sft', 'dpo', 'rft'), (one, text, method) => {
        const mapping = { ...empty, method, user: text, answer: text, preferred: text, rejected: text };
        expect(['example', 'set-aside']).toContain(createMapper(mapping as Mapping).map([one]).kind);
      }),
    );
  });
});

describe('suggested mappings', () => {
  const column = (name: string, samples: string[] = ['x'], more: Partial<Column> = {}): Column => ({
    name,
    filled: 9,
    samples,
    distinct: 9,
    isLong: false,
    ...more,
  });
  test.each([
    [
      ['ticket_id', 'Subject', 'mail_body', 'Agent Reply'],
      { user: '{{Subject}}\n\n{{mail_body}}', answer: '{{Agent Reply}}' },
    ],
    [
      ['prompt', 'chosen', 'rejected'],
      { method: 'dpo', user: '{{prompt}}', preferred: '{{chosen}}', rejected: '{{rejected}}' },
    ],
    [['text', 'label'], { user: '{{text}}', answer: '{{label}}' }],
    [['foo', 'bar'], { user: '', answer: '' }],
  ])('%j', (names, expected) => {
    expect(suggestMapping(names.map((name) => column(name)))).toMatchObject(expected);
  });

  test('a role column makes it a transcript', () => {
    const columns = [
      column('conversation_id'),
      column('speaker', ['customer', 'agent'], { distinct: 2 }),
      column('message'),
    ];
    expect(suggestMapping(columns).transcript).toEqual({
      conversation: 'conversation_id',
      role: 'speaker',
      text: 'message',
      roles: { customer: 'user', agent: 'assistant' },
    });
  });
});
