import type { JsonObject } from '../datasets/read-line.ts';
import { message, type Message, noteOtherKeys, plainText } from './chat.ts';
import { example, type Fit, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, pick, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { carried, type Conversation, conversationOf, dpoValue, pairOf } from './trainer-rows.ts';

const service = 'Alpaca';
const columns = [
  'instruction',
  'input',
  'output',
  'system',
  'history',
  'chosen',
  'rejected',
  'tools',
  'images',
  'text',
];

/** Alpaca: `instruction`, `input`, `output`, with `system` and `history` for what came before; pairs as LLaMA-Factory has them. */
export const alpaca = makeCodec({
  name: 'alpaca',
  title: 'Alpaca',
  fit: fitAlpaca,
  read: readAlpaca,
  write(one, { losses }) {
    if (one.method === 'rft')
      throw new Unfit('Alpaca holds answers to learn from; a task for reinforcement has none.');
    const extra = carried(one.extra, columns, losses);
    if (one.method === 'sft') {
      const told = conversationOf(one, service, losses);
      const answer = told.messages.at(-1);
      if (answer?.role !== 'assistant') throw new Unfit('The row does not end with an answer.');
      const asked = promptOf({ ...told, messages: told.messages.slice(0, -1) }, losses);
      return {
        instruction: asked.instruction,
        input: '',
        output: textOf(answer, losses),
        ...asked.rest,
        ...extra,
      };
    }
    const pair = pairOf(one, service, losses);
    const { instruction, rest } = promptOf(pair, losses);
    const [chosen, rejected] = [pair.preferred, pair.rejected].map((side) => textOf(side, losses));
    return { instruction, input: '', chosen, rejected, ...rest, ...extra };
  },
});

/** The text of a message; Unfit when it is a call, a result of a tool or a picture. */
function textOf(one: Message, losses: Losses): string {
  const known = ['role', 'content'];
  if (isList(one.tool_calls) && one.tool_calls.length > 0)
    throw new Unfit('Alpaca has no place for calls of tools.');
  noteOtherKeys(
    one,
    { known, field: 'messages', reason: 'Alpaca holds texts only; every answer is learned.' },
    losses,
  );
  return plainText(one, losses);
}

function promptOf(told: Conversation, losses: Losses): { instruction: string; rest: JsonObject } {
  if (told.tools !== undefined) losses.add('tools', 'Alpaca has no place for tools.');
  const [first] = told.messages;
  const isSystem = first?.role === 'system' || first?.role === 'developer';
  if (first?.role === 'developer')
    losses.add('messages.role', 'There is no developer in Alpaca; the message becomes the system prompt.');
  const spoken = isSystem ? told.messages.slice(1) : told.messages;
  for (const [index, one] of spoken.entries()) {
    const role = index % 2 === 0 ? 'user' : 'assistant';
    if (one.role !== role) {
      throw new Unfit(
        `Alpaca takes a question and an answer in turn; message ${index + 1} is from “${String(one.role)}”.`,
      );
    }
  }
  const question = spoken.at(-1);
  if (question === undefined || question.role !== 'user')
    throw new Unfit('There is no question before the answer.');
  const texts = spoken.map((one) => textOf(one, losses));
  const system = isSystem && first !== undefined ? textOf(first, losses) : null;
  if (system === '') losses.add('messages', 'An empty system prompt is as good as none.');
  const history: [string, string][] = [];
  for (let at = 0; at + 2 < texts.length; at += 2) history.push([texts[at] ?? '', texts[at + 1] ?? '']);
  const rest = {
    ...(system === null || system === '' ? {} : { system }),
    ...(history.length === 0 ? {} : { history }),
  };
  return { instruction: texts.at(-1) ?? '', rest };
}

const answerKeys = ['output', 'response', 'answer', 'completion'];

function fitAlpaca(row: JsonObject): Fit | null {
  if (pick(row, ['instruction']) === null) return null;
  if (row.chosen !== undefined && row.rejected !== undefined) {
    return { sureness: 1, method: 'dpo', why: '“instruction” with “chosen” and “rejected”.' };
  }
  if (pick(row, answerKeys) === null) return null;
  return { sureness: 1, method: 'sft', why: '“instruction” and its answer.' };
}

function readAlpaca(row: JsonObject, losses: Losses): CanonicalExample {
  const instruction = pick(row, ['instruction']);
  if (instruction === null || typeof instruction.value !== 'string')
    throw new Unfit('The row has no “instruction”.');
  const input = pick(row, ['input', 'context']);
  const system = pick(row, ['system', 'system_prompt']);
  const more = typeof input?.value === 'string' && input.value !== '' ? `\n${input.value}` : '';
  const before = [
    ...(typeof system?.value === 'string' && system.value !== '' ? [message('system', system.value)] : []),
    ...historyOf(row.history),
    message('user', instruction.value + more),
  ];
  const used = [instruction.key, input?.key ?? '', system?.key ?? '', 'history'];
  // The whole prompt filled in, as the original data set repeats it.
  if (typeof row.text === 'string')
    losses.add('text', 'It repeats the instruction and the answer in one text.');
  if (typeof row.chosen === 'string' && typeof row.rejected === 'string') {
    const sides = {
      preferred: [message('assistant', row.chosen)],
      rejected: [message('assistant', row.rejected)],
    };
    const value = dpoValue({ messages: before, tools: undefined, ...sides });
    return example('dpo', value, without(row, [...used, 'chosen', 'rejected', 'text']));
  }
  const answer = pick(row, answerKeys);
  if (typeof answer?.value !== 'string') throw new Unfit('The row has no answer (“output”).');
  const messages = [...before, message('assistant', answer.value)];
  return example('sft', { messages }, without(row, [...used, answer.key, 'text']));
}

function historyOf(found: unknown): Message[] {
  const history = unpacked(found);
  if (history === undefined || history === null || history === '') return [];
  if (!isList(history)) throw new Unfit('“history” is no list of questions and answers.');
  return history.flatMap((pair) => {
    const [question, answer] = isList(pair) ? pair : [];
    if (typeof question !== 'string' || typeof answer !== 'string') {
      throw new Unfit('“history” holds something that is no question with its answer.');
    }
    return [message('user', question), message('assistant', answer)];
  });
}
