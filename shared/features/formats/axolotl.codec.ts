import type { JsonObject } from '../datasets/read-line.ts';
import { imagesOf, imageUrl, looksLikeMessages, type Message, messagesOf, noteOtherKeys } from './chat.ts';
import { answerMessages } from './chat-rows.ts';
import { example, type Fit, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { toTools } from './tool-calls.ts';
import { carried, conversationOf, dpoValue, pairOf, sftValue } from './trainer-rows.ts';
import { fromTemplate } from './trl-messages.ts';
import { holdsConversation, trl } from './trl.codec.ts';

const service = 'Axolotl';
const columns = ['messages', 'chosen', 'rejected', 'tools', 'images', 'conversations'];

/** Axolotl's `chat_template` rows: messages with `train` for OpenAI's weights; pairs as `chosen` and `rejected`. */
export const axolotl = makeCodec({
  name: 'axolotl',
  title: 'Axolotl',
  fit: fitAxolotl,
  read: readAxolotl,
  write(one, at) {
    const { losses } = at;
    if (one.method === 'rft') return written(trl.write?.(one, at.limits), losses);
    const extra = carried(one.extra, columns, losses);
    if (one.method === 'sft') {
      const { messages, tools } = conversationOf(one, service, losses);
      return { messages: messages.map((each) => toTurn(each, losses)), ...withTools(tools), ...extra };
    }
    const pair = pairOf(one, service, losses);
    const sides = { chosen: toTurn(pair.preferred, losses), rejected: toTurn(pair.rejected, losses) };
    return {
      messages: pair.messages.map((each) => toTurn(each, losses)),
      ...sides,
      ...withTools(pair.tools),
      ...extra,
    };
  },
});

/** Tasks for GRPO are TRL's: Axolotl hands them on as they are. */
function written(outcome: ReturnType<NonNullable<typeof trl.write>> | undefined, losses: Losses): JsonObject {
  if (outcome?.kind !== 'row') throw new Unfit(outcome?.reason ?? 'The row cannot be written.');
  losses.addAll(outcome.losses);
  return outcome.row;
}

function withTools(tools: unknown): JsonObject {
  return tools === undefined ? {} : { tools };
}

function toTurn(one: Message, losses: Losses): Message {
  const known = ['role', 'content', 'name', 'tool_calls', 'tool_call_id', 'weight'];
  noteOtherKeys(one, { known, field: 'messages', reason: 'Axolotl does not know this field.' }, losses);
  const kept = without(one, ['weight', ...Object.keys(one).filter((key) => !known.includes(key))]);
  const turn = imagesOf(one).length === 0 ? kept : { ...kept, content: withPictures(one.content, losses) };
  if (one.weight === undefined) return turn;
  if (one.role !== 'assistant') {
    losses.add('messages.weight', 'Only answers are learned; weights of other messages have no effect.');
    return turn;
  }
  if (one.weight === 0 || one.weight === 1) return { ...turn, train: one.weight === 1 };
  losses.add('messages.weight', 'Axolotl knows only the weights 0 and 1.');
  return turn;
}

function withPictures(content: unknown, losses: Losses): unknown {
  if (!isList(content)) return content;
  return content.map((part) => {
    if (!isObject(part) || part.type !== 'image_url') return part;
    if (!isObject(part.image_url))
      losses.add('messages.content.image_url', 'The picture becomes a part of type “image”.');
    else noteOtherKeys(part.image_url, { known: ['url'], field: 'messages.content.image_url' }, losses);
    noteOtherKeys(part, { known: ['type', 'image_url'], field: 'messages.content' }, losses);
    return { type: 'image', url: imageUrl(part) };
  });
}

/** Messages under either of the names that Axolotl's documents use. */
function turnsKey(row: JsonObject): 'messages' | 'conversations' | null {
  if (looksLikeMessages(row.messages)) return 'messages';
  return looksLikeMessages(row.conversations) ? 'conversations' : null;
}

function fitAxolotl(row: JsonObject): Fit | null {
  const key = turnsKey(row);
  if (key === null) return null;
  if (row.chosen !== undefined && row.rejected !== undefined) {
    if (holdsConversation(row.chosen)) return null;
    return { sureness: 1, method: 'dpo', why: `“${key}” with “chosen” and “rejected”.` };
  }
  const turns = unpacked(row[key]);
  const hasTrain =
    isList(turns) &&
    turns.some((one) => isObject(one) && (one.train !== undefined || one.train_detail !== undefined));
  if (hasTrain) return { sureness: 1, method: 'sft', why: `“${key}” that say which turns to train.` };
  return key === 'conversations'
    ? { sureness: 0.9, method: 'sft', why: '“conversations” with roles.' }
    : null;
}

function readAxolotl(row: JsonObject, losses: Losses): CanonicalExample {
  const key = turnsKey(row);
  if (key === null) {
    if (row.prompt === undefined) throw new Unfit('The row has no “messages”.');
    return readTask(row, losses);
  }
  const tools = row.tools === undefined || row.tools === null ? undefined : toTools(row.tools, losses);
  const images = unpacked(row.images);
  const turns = messagesOf(row[key], key);
  const extra = without(row, [key, 'tools', 'images', 'chosen', 'rejected']);
  if (row.chosen === undefined || row.rejected === undefined) {
    const messages = fromTemplate(turns, images).map((one) => fromTurn(one, losses));
    return example('sft', sftValue({ messages, tools }), extra);
  }
  const preferred = answerMessages(row.chosen);
  const rejected = answerMessages(row.rejected);
  if (preferred === null || rejected === null) throw new Unfit('“chosen” or “rejected” is no message.');
  const all = fromTemplate([...turns, ...preferred, ...rejected], images).map((one) => fromTurn(one, losses));
  const answered = turns.length + preferred.length;
  const sides = { preferred: all.slice(turns.length, answered), rejected: all.slice(answered) };
  return example('dpo', dpoValue({ messages: all.slice(0, turns.length), tools, ...sides }), extra);
}

function readTask(row: JsonObject, losses: Losses): CanonicalExample {
  const outcome = trl.read(row);
  if (outcome.kind === 'unreadable') throw new Unfit(outcome.reason);
  losses.addAll(outcome.losses);
  return outcome.example;
}

function fromTurn(one: Message, losses: Losses): Message {
  const { train, train_detail, ...rest } = one;
  if (train_detail !== undefined)
    losses.add('messages.train_detail', 'Weights hold for whole messages only.');
  if (train === undefined) return rest;
  if (typeof train !== 'boolean')
    losses.add('messages.train', 'What is neither true nor false cannot be a weight.');
  else if (rest.role === 'assistant') return { ...rest, weight: train ? 1 : 0 };
  else if (train) losses.add('messages.train', 'Only answers can be learned.');
  return rest;
}
