import type { JsonObject } from '../datasets/read-line.ts';
import { message } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import { pick, unpacked, without } from './json-values.ts';
import { Unfit } from './losses.ts';

/** Names under which people keep a question and its answer, from the surest to the loosest. */
const pairs = [
  {
    question: ['question', 'frage', 'q'],
    answer: ['answer', 'antwort', 'a', 'response', 'best_answer'],
    sureness: 0.9,
  },
  {
    question: ['query', 'user', 'human', 'request', 'ask'],
    answer: ['response', 'answer', 'assistant', 'bot', 'reply', 'gpt'],
    sureness: 0.85,
  },
  {
    question: ['prompt', 'input', 'user_message', 'customer_message'],
    answer: [
      'response',
      'output',
      'answer',
      'reply',
      'assistant_message',
      'agent_message',
      'completion',
      'target',
    ],
    sureness: 0.8,
  },
] as const;

/** Pairs of question and answer under any of the usual names, with a system prompt or a context where there is one. */
export const questionAnswer = makeCodec({
  name: 'question-answer',
  title: 'Question and answer',
  fit(row) {
    const found = findPair(row);
    if (found === null) return null;
    const why = `“${found.question.key}” and “${found.answer.key}” as texts.`;
    return { sureness: found.sureness, method: 'sft', why };
  },
  read(row) {
    const found = findPair(row);
    if (found === null) throw new Unfit('The row has no question and answer as texts.');
    const system = pick(row, ['system', 'system_prompt', 'system_message']);
    const context = pick(row, ['context', 'passage']);
    const isContext = typeof context?.value === 'string' && context.value !== '';
    const asked = isContext ? `${String(context.value)}\n\n${found.question.value}` : found.question.value;
    const before =
      typeof system?.value === 'string' && system.value !== '' ? [message('system', system.value)] : [];
    const messages = [...before, message('user', asked), message('assistant', found.answer.value)];
    const used = [found.question.key, found.answer.key];
    if (before.length > 0 && system !== null) used.push(system.key);
    if (isContext && context !== null) used.push(context.key);
    return example('sft', { messages }, without(row, used));
  },
});

type TextField = { key: string; value: string };

function findPair(row: JsonObject): { question: TextField; answer: TextField; sureness: number } | null {
  for (const { question, answer, sureness } of pairs) {
    const asked = textField(row, question);
    const replied = textField(row, answer);
    if (asked !== null && replied !== null && asked.key !== replied.key) {
      return { question: asked, answer: replied, sureness };
    }
  }
  return null;
}

function textField(row: JsonObject, names: readonly string[]): TextField | null {
  const found = pick(row, names);
  if (found === null || typeof found.value !== 'string' || unpacked(found.value) !== found.value) return null;
  return { key: found.key, value: found.value };
}
