import { type AnswerMessage, answerMessage, type PromptInput, promptInput } from './preferences.model.ts';
import type { JsonObject } from '../datasets/read-line.ts';
import type { Codec } from '../formats/formats.model.ts';

/** An answer with the name of what wrote it. */
export type SourcedAnswer = { readonly message: AnswerMessage; readonly source: string };

/** A prompt with two to eight answers (one where answers are rated), or why a row is none. */
export type CandidateRow =
  | { readonly input: PromptInput; readonly candidates: readonly SourcedAnswer[] }
  | { readonly problem: string };

/** Most answers that one prompt may have. */
export const mostCandidates = 8;

const promptKeys = ['input', 'messages', 'prompt', 'question', 'instruction'] as const;
const listKeys = ['candidates', 'responses', 'completions', 'answers', 'outputs'] as const;
const textKeys = ['content', 'text', 'completion', 'response', 'answer', 'output'] as const;
const sourceKeys = ['source', 'model', 'name', 'author', 'id'] as const;

/** True for rows that carry a list of answers, which no shape of training files has. */
export function hasCandidates(row: JsonObject): boolean {
  return listKeys.some((key) => Array.isArray(row[key]));
}

/**
 * Reads `{ prompt | messages | input, candidates: [text | { content, source }] }`. A prompt is a text, a list of messages,
 * or an object with `messages` and `tools`. Answers without a source are called by their place.
 */
export function readCandidates(row: JsonObject): CandidateRow {
  const listKey = listKeys.find((key) => Array.isArray(row[key]));
  const list = listKey === undefined ? [] : (row[listKey] as unknown[]);
  const input = readPrompt(row);
  if ('problem' in input) return input;
  const candidates: SourcedAnswer[] = [];
  for (const [index, one] of list.entries()) {
    const answer = readAnswer(one, index + 1);
    if ('problem' in answer) return answer;
    candidates.push(answer);
  }
  return checkCandidates({ input, candidates });
}

/** A pair in OpenAI's spelling (`input`, `preferred_output`, `non_preferred_output`); sources say which side it was. */
export function readPair(value: JsonObject): CandidateRow {
  const parsed = promptInput.safeParse(value['input']);
  if (!parsed.success) return { problem: 'The field “input” holds no conversation.' };
  const sides = [
    ['preferred_output', 'preferred'],
    ['non_preferred_output', 'rejected'],
  ] as const;
  const candidates: SourcedAnswer[] = [];
  for (const [key, source] of sides) {
    const messages = value[key];
    const last = Array.isArray(messages) && messages.length === 1 ? messages[0] : undefined;
    const message = answerMessage.safeParse(last);
    if (!message.success) return { problem: `The field “${key}” is not one assistant message.` };
    candidates.push({ message: message.data, source });
  }
  return checkCandidates({ input: parsed.data, candidates });
}

/** A chat example as a prompt with its one answer, the last message. */
export function readChat(value: JsonObject, source: string): CandidateRow {
  const messages = Array.isArray(value['messages']) ? value['messages'] : [];
  const message = answerMessage.safeParse(messages.at(-1));
  if (!message.success) return { problem: 'The conversation does not end with an answer.' };
  const input = promptInput.safeParse({ ...value, messages: messages.slice(0, -1) });
  if (!input.success) return { problem: 'Nothing is asked before the answer.' };
  return { input: input.data, candidates: [{ message: message.data, source }] };
}

/** Reads a row of a pairs file through the codec of its shape. */
export function readPairRow(codec: Codec, row: JsonObject): CandidateRow {
  const read = codec.read(row);
  if (read.kind === 'unreadable') return { problem: read.reason };
  if (read.example.method !== 'dpo')
    return { problem: 'This is no pair of a preferred and a rejected answer.' };
  return readPair(read.example.value);
}

function checkCandidates(row: { input: PromptInput; candidates: readonly SourcedAnswer[] }): CandidateRow {
  const { candidates } = row;
  if (candidates.length === 0) return { problem: 'There is no answer to judge.' };
  if (candidates.length > mostCandidates) {
    return { problem: `There are ${candidates.length} answers; ${mostCandidates} can be compared.` };
  }
  const empty = candidates.findIndex(({ message }) => isEmpty(message));
  return empty < 0 ? row : { problem: `Answer ${empty + 1} is empty.` };
}

/** An answer says something: text, a picture, a refusal or a call of a tool. */
export function isEmpty({
  content,
  tool_calls: calls,
  refusal,
  function_call: call,
}: AnswerMessage): boolean {
  if (call || refusal || (calls?.length ?? 0) > 0) return false;
  return typeof content === 'string' ? content.trim() === '' : (content?.length ?? 0) === 0;
}

function readPrompt(row: JsonObject): PromptInput | { problem: string } {
  const key = promptKeys.find((one) => row[one] !== undefined && row[one] !== null);
  if (key === undefined)
    return { problem: `There is no prompt; it is looked for in ${promptKeys.join(', ')}.` };
  const value = row[key];
  const system = typeof row['system'] === 'string' ? [{ role: 'system', content: row['system'] }] : [];
  const shaped =
    typeof value === 'string'
      ? { messages: [...system, { role: 'user', content: value }] }
      : Array.isArray(value)
        ? { messages: [...system, ...(value as unknown[])], ...(row['tools'] ? { tools: row['tools'] } : {}) }
        : value;
  const parsed = promptInput.safeParse(shaped);
  if (!parsed.success) return { problem: `The field “${key}” holds no conversation.` };
  return parsed.data.messages.every(({ content }) => content === '')
    ? { problem: `The field “${key}” is empty.` }
    : parsed.data;
}

function readAnswer(value: unknown, place: number): SourcedAnswer | { problem: string } {
  const unnamed = `answer ${place}`;
  if (typeof value === 'string') return { message: { role: 'assistant', content: value }, source: unnamed };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: `Answer ${place} is neither a text nor an object.` };
  }
  const object = value as Record<string, unknown>;
  const source = sourceKeys.map((key) => object[key]).find((one) => typeof one === 'string' && one !== '');
  const inner = object['message'] ?? (Array.isArray(object['messages']) ? object['messages'][0] : undefined);
  const text = textKeys.map((key) => object[key]).find((one) => typeof one === 'string');
  const shaped =
    inner ?? (object['role'] === 'assistant' ? object : { role: 'assistant', content: text ?? null });
  const message = answerMessage.safeParse(shaped);
  if (!message.success) return { problem: `Answer ${place} is no message of an assistant.` };
  return { message: message.data, source: typeof source === 'string' ? source : unnamed };
}
