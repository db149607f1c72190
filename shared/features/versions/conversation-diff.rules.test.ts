import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffConversations } from './conversation-diff.rules.ts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

function kinds(before: unknown, after: unknown, section = 'Messages'): string[] {
  const found = diffConversations(before, after).sections.find(({ title }) => title === section);
  return (found?.parts ?? []).map(({ kind, title }) => `${kind} ${title}`);
}

describe('two examples as conversations', () => {
  test('an inserted turn is an insertion, not a change of every turn after it', () => {
    const before = {
      messages: [user('Where is it?'), assistant('On its way.'), user('Thanks'), assistant('Bye')],
    };
    const after = {
      messages: [
        { role: 'system', content: 'Be brief.' },
        ...before.messages.slice(0, 3),
        assistant('Goodbye'),
      ],
    };
    expect(kinds(before, after)).toEqual([
      'added system',
      'same user',
      'same assistant',
      'same user',
      'changed assistant',
    ]);
  });

  test('tools are matched by name and say what became of them', () => {
    const tool = (name: string, description: string) => ({
      type: 'function',
      function: { name, description },
    });
    const before = { messages: [], tools: [tool('a', 'one'), tool('b', 'two')] };
    const after = { messages: [], tools: [tool('b', 'new'), tool('c', 'three'), tool('a', 'one')] };
    expect(kinds(before, after, 'Tools')).toEqual(['same tool a', 'changed tool b', 'added tool c']);
    expect(kinds(after, { messages: [] }, 'Tools')).toEqual([
      'removed tool b',
      'removed tool c',
      'removed tool a',
    ]);
  });

  test('both sides of a preference pair and its prompt are compared each for itself', () => {
    const pair = (better: string) => ({
      input: { messages: [user('Hi')] },
      preferred_output: [assistant(better)],
      non_preferred_output: [assistant('no')],
    });
    const diff = diffConversations(pair('yes'), pair('yes, please'));
    expect(diff.sections.map(({ title, parts }) => [title, parts[0]?.kind])).toEqual([
      ['Messages', 'same'],
      ['Preferred output', 'changed'],
      ['Non-preferred output', 'same'],
    ]);
  });

  test('an example on one side only is all added or all removed', () => {
    const one = { messages: [user('a'), assistant('b')], label: 3 };
    expect(kinds(null, one)).toEqual(['added user', 'added assistant']);
    expect(kinds(one, null, 'Fields')).toEqual(['removed label']);
  });

  test('every message of both sides appears exactly once and in order, whatever they are', () => {
    const role = fc.constantFrom('system', 'user', 'assistant', 'tool');
    const messages = fc.array(fc.record({ role, content: fc.string({ maxLength: 12 }) }), { maxLength: 9 });
    fc.assert(
      fc.property(messages, messages, (before, after) => {
        const { sections } = diffConversations({ messages: before }, { messages: after });
        const parts = sections[0]?.parts ?? [];
        expect(parts.flatMap((part) => (part.before === null ? [] : [part.before]))).toEqual(
          before.map(({ content }) => content),
        );
        expect(parts.flatMap((part) => (part.after === null ? [] : [part.after]))).toEqual(
          after.map(({ content }) => content),
        );
        if (JSON.stringify(before) === JSON.stringify(after)) {
          expect(parts.every(({ kind }) => kind === 'same')).toBe(true);
        }
      }),
    );
  });
});
