import type { JsonObject } from '../datasets/read-line.ts';
import { message, type Message, messagesOf } from './chat.ts';
import { answerMessages } from './chat-rows.ts';
import { example, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { sftValue } from './trainer-rows.ts';

/** Completions that OpenAI stored: what was asked (`messages`, `request` or `input`) and `choices` or `output`. */
export const storedCompletions = makeCodec({
  name: 'stored-completions',
  title: 'OpenAI stored completions',
  fit(row) {
    const isStored = row.object === 'chat.completion' || row.object === 'response' || isList(row.choices);
    if (!isStored || answerOf(row) === null) return null;
    return { sureness: 1, method: 'sft', why: 'A stored completion with its request.' };
  },
  read: (row, losses) => readExchange(row, [row.request, row.input, row], losses),
});

/** Reads a request and its answer; the request is the first of some places that has messages. */
export function readExchange(row: JsonObject, places: readonly unknown[], losses: Losses): CanonicalExample {
  const asked = places.map(requestOf).find((one) => one !== null);
  if (asked === undefined || asked === null) {
    throw new Unfit('The messages that were sent are not in the row; only their answer is.');
  }
  const answer = answerOf(row);
  if (answer === null) throw new Unfit('The row has no answer.');
  if (isList(row.choices) && row.choices.length > 1)
    losses.add('choices', 'The first of several answers is taken.');
  const messages = [...asked.messages, answer];
  const used = [
    'messages',
    'choices',
    'output',
    'output_text',
    'request',
    'input',
    'tools',
    'response',
    'instructions',
  ];
  return example('sft', sftValue({ messages, tools: asked.tools }), without(row, used));
}

function requestOf(found: unknown): { messages: readonly Message[]; tools: unknown } | null {
  const request = isObject(found) && isObject(found.body) ? found.body : found;
  if (typeof request === 'string') return { messages: [message('user', request)], tools: undefined };
  if (isList(request)) return { messages: messagesOf(request, 'input'), tools: undefined };
  if (!isObject(request)) return null;
  const list = isObject(request.messages) ? request.messages.data : request.messages;
  if (isList(list))
    return { messages: messagesOf(list, 'messages').map(asSent), tools: request.tools ?? undefined };
  if (request.input === undefined || request.input === found) return null;
  const inner = requestOf(request.input);
  const told = typeof request.instructions === 'string' ? [message('system', request.instructions)] : [];
  return inner === null
    ? null
    : { messages: [...told, ...inner.messages], tools: request.tools ?? undefined };
}

/** A message without what only a stored one has. */
function asSent(one: Message): Message {
  return without(one, [
    'id',
    'object',
    'created_at',
    ...Object.keys(one).filter((key) => one[key] === null && key !== 'content'),
  ]);
}

/** The assistant's message of a completion or of a response; null when there is none. */
export function answerOf(row: JsonObject): Message | null {
  const [choice] = isList(row.choices) ? row.choices : [];
  if (isObject(choice) && isObject(choice.message)) return cleaned(choice.message);
  if (typeof row.output_text === 'string') return message('assistant', row.output_text);
  if (isList(row.output)) {
    const said = row.output.find((one) => isObject(one) && one.type === 'message');
    if (isObject(said) && isList(said.content))
      return message('assistant', said.content.map(partText).join(''));
  }
  const [single] = answerMessages(row.output) ?? [];
  return single === undefined ? null : cleaned(single);
}

function partText(part: unknown): string {
  return isObject(part) && typeof part.text === 'string' ? part.text : '';
}

/** An answer without the empty fields that the API adds to each. */
function cleaned(found: JsonObject): Message {
  const kept = Object.entries(found).filter(
    ([key, value]) =>
      ['role', 'content', 'tool_calls', 'function_call', 'refusal'].includes(key) && value !== null,
  );
  return { role: 'assistant', ...Object.fromEntries(kept) };
}
