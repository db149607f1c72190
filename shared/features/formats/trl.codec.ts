import type { JsonObject } from '../datasets/read-line.ts';
import { looksLikeMessages, message, type Message, messagesOf } from './chat.ts';
import { answerMessages } from './chat-rows.ts';
import { example, type Fit, makeCodec, type Writing } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isSameJson, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { toTools } from './tool-calls.ts';
import { carried, conversationOf, dpoValue, pairOf, sftValue } from './trainer-rows.ts';
import { fromTemplate, hasObjectArguments, toTemplate } from './trl-messages.ts';

const service = 'TRL';
/** Columns whose names decide what kind of data set TRL takes a file for. */
const columns = [
  'messages',
  'prompt',
  'completion',
  'chosen',
  'rejected',
  'text',
  'label',
  'images',
  'tools',
  'system',
];

/** TRL's data set types (huggingface.co/docs/trl/dataset_formats): messages, prompt and completion, pairs, prompts. */
export const trl = makeCodec({
  name: 'trl',
  title: 'TRL',
  fit: fitTrl,
  read: readTrl,
  write(one, at) {
    const { losses } = at;
    if (one.method === 'rft') return writeTask(one, at);
    const extra = carried(one.extra, columns, losses);
    if (one.method === 'sft') {
      const { messages, tools } = conversationOf(one, service, losses);
      const { messages: written, images } = toTemplate(messages, losses);
      return { messages: written, ...optional(tools, images), ...extra };
    }
    const pair = pairOf(one, service, losses);
    const { messages, images } = toTemplate([...pair.messages, pair.preferred, pair.rejected], losses);
    const prompt = messages.slice(0, -2);
    const [chosen, rejected] = messages.slice(-2);
    return { prompt, chosen: [chosen], rejected: [rejected], ...optional(pair.tools, images), ...extra };
  },
});

function optional(tools: unknown, images: readonly string[]): JsonObject {
  return { ...(tools === undefined ? {} : { tools }), ...(images.length === 0 ? {} : { images }) };
}

function writeTask(one: CanonicalExample, { losses }: Writing): JsonObject {
  const { messages: found, tools, ...fields } = one.value;
  const { messages, images } = toTemplate(messagesOf(found, 'messages'), losses);
  return {
    prompt: messages,
    ...optional(tools, images),
    ...carried({ ...one.extra, ...fields }, columns, losses),
  };
}

/** The two sides, under the names that trainers on open models use. */
function sidesOf(row: JsonObject): { chosen: unknown; rejected: unknown; keys: string[] } | null {
  for (const [chosen, rejected] of [
    ['chosen', 'rejected'],
    ['chosen_response', 'rejected_response'],
    ['response_chosen', 'response_rejected'],
  ] as const) {
    if (row[chosen] !== undefined && row[rejected] !== undefined) {
      return { chosen: row[chosen], rejected: row[rejected], keys: [chosen, rejected] };
    }
  }
  return null;
}

const promptKeys = ['prompt', 'question', 'instruction', 'input'];

function promptOf(row: JsonObject): { key: string; value: unknown } | null {
  const key = promptKeys.find((one) => row[one] !== undefined && row[one] !== null && row[one] !== '');
  return key === undefined ? null : { key, value: unpacked(row[key]) };
}

/** Whether a side repeats the prompt before its answer, as many published files do. */
export function holdsConversation(side: unknown): boolean {
  const messages = unpacked(side);
  return isList(messages) && messages.length > 1;
}

function fitTrl(row: JsonObject): Fit | null {
  const prompt = unpacked(row.prompt);
  const sides = sidesOf(row);
  const isBeside = looksLikeMessages(row.messages) || looksLikeMessages(row.conversations);
  if (sides && (!isBeside || holdsConversation(sides.chosen))) {
    return {
      sureness: row.instruction === undefined ? 0.95 : 0.7,
      method: 'dpo',
      why: '“chosen” and “rejected”.',
    };
  }
  if (looksLikeMessages(prompt)) {
    const isAnswered = looksLikeMessages(row.completion);
    const why = isAnswered ? '“prompt” and “completion” as messages.' : '“prompt” as messages.';
    return { sureness: 0.95, method: isAnswered ? 'sft' : 'rft', why };
  }
  const messages = unpacked(row.messages);
  if (!looksLikeMessages(messages) || !isList(messages) || !hasObjectArguments(messages)) return null;
  return { sureness: 1, method: 'sft', why: '“messages” whose calls have arguments as objects.' };
}

function readTrl(row: JsonObject, losses: Losses): CanonicalExample {
  const tools = row.tools === undefined || row.tools === null ? undefined : toTools(row.tools, losses);
  const sides = sidesOf(row);
  if (sides) return readPair(row, { ...sides, tools });
  if (row.messages !== undefined) {
    const messages = fromTemplate(messagesOf(row.messages, 'messages'), unpacked(row.images));
    return example('sft', sftValue({ messages, tools }), without(row, ['messages', 'tools', 'images']));
  }
  const prompt = unpacked(row.prompt);
  if (prompt === undefined) throw new Unfit('The row has no “messages”, “prompt” or “chosen”.');
  const asked = typeof prompt === 'string' ? [message('user', prompt)] : messagesOf(prompt, 'prompt');
  const extra = without(row, ['prompt', 'completion', 'tools', 'images']);
  if (row.completion === undefined || row.completion === null) {
    const messages = fromTemplate(asked, unpacked(row.images));
    return example('rft', { ...sftValue({ messages, tools }), ...extra });
  }
  if (typeof row.label === 'boolean')
    throw new Unfit('A single answer with a verdict is no pair and no example to imitate.');
  const answer = answerMessages(row.completion);
  if (answer === null) throw new Unfit('“completion” is neither a text nor messages.');
  const messages = fromTemplate([...asked, ...answer], unpacked(row.images));
  return example('sft', sftValue({ messages, tools }), extra);
}

function readPair(
  row: JsonObject,
  sides: { chosen: unknown; rejected: unknown; keys: readonly string[]; tools: unknown },
): CanonicalExample {
  const preferred = answerMessages(sides.chosen);
  const rejected = answerMessages(sides.rejected);
  if (preferred === null || rejected === null)
    throw new Unfit('“chosen” or “rejected” is neither a text nor messages.');
  const prompt = promptOf(row);
  const shared = sharedStart(preferred, rejected);
  const before = shared > 0 ? preferred.slice(0, shared) : asked(prompt?.value);
  if (before.length === 0)
    throw new Unfit('The pair has no prompt: its sides begin with different messages.');
  const isFirstSystem = before[0]?.role === 'system';
  const system =
    typeof row.system === 'string' && row.system !== '' && !isFirstSystem
      ? [message('system', row.system)]
      : [];
  const sent = [...system, ...before];
  const all = fromTemplate(
    [...sent, ...preferred.slice(shared), ...rejected.slice(shared)],
    unpacked(row.images),
  );
  const answered = sent.length + preferred.length - shared;
  const value = dpoValue({
    messages: all.slice(0, sent.length),
    tools: sides.tools,
    preferred: all.slice(sent.length, answered),
    rejected: all.slice(answered),
  });
  const used = [
    ...sides.keys,
    'tools',
    'images',
    ...(prompt === null ? [] : [prompt.key]),
    ...(system.length > 0 ? ['system'] : []),
  ];
  return example('dpo', value, without(row, used));
}

function asked(prompt: unknown): readonly Message[] {
  if (typeof prompt === 'string') return [message('user', prompt)];
  return prompt === undefined ? [] : messagesOf(prompt, 'prompt');
}

/** How many messages both sides begin with: the prompt that some files repeat in each. */
function sharedStart(a: readonly Message[], b: readonly Message[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) - 1 && isSameJson(a[count], b[count])) count += 1;
  return count;
}
