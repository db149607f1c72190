import type { JsonObject } from '../datasets/read-line.ts';
import { type Message, messagesOf } from './chat.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isObject } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { modernised } from './modern-tools.ts';

/** A conversation with its tools, however the trainer spells it. */
export type Conversation = { readonly messages: readonly Message[]; readonly tools: unknown };

/** A pair whose sides are one message each, which is all that trainers on open models know. */
export type Pair = Conversation & { readonly preferred: Message; readonly rejected: Message };

/** The conversation of an SFT example; what only OpenAI knows is noted as lost. */
export function conversationOf(one: CanonicalExample, service: string, losses: Losses): Conversation {
  const value = modernised(one.value, losses);
  return conversation(value, { name: 'messages', inside: '', service }, losses);
}

function conversation(
  value: JsonObject,
  about: { name: string; inside: string; service: string },
  losses: Losses,
): Conversation {
  for (const key of Object.keys(value)) {
    if (key !== 'messages' && key !== 'tools') {
      losses.add(`${about.inside}${key}`, `${about.service} has no place for this field.`);
    }
  }
  return { messages: messagesOf(value.messages, about.name), tools: value.tools };
}

/** The pair of a DPO example; Unfit when a side is more than one message. */
export function pairOf(one: CanonicalExample, service: string, losses: Losses): Pair {
  const { input, preferred_output, non_preferred_output, ...others } = one.value;
  if (!isObject(input)) throw new Unfit('The pair has no input.');
  for (const key of Object.keys(others)) losses.add(key, `${service} has no place for this field.`);
  const about = { name: 'input.messages', inside: 'input.', service };
  return {
    ...conversation(modernised(input, losses), about, losses),
    preferred: onlyMessage(preferred_output, 'preferred_output'),
    rejected: onlyMessage(non_preferred_output, 'non_preferred_output'),
  };
}

function onlyMessage(side: unknown, name: string): Message {
  const messages = messagesOf(side, name);
  const [first] = messages;
  if (messages.length !== 1 || first === undefined) {
    throw new Unfit(`“${name}” has ${messages.length} messages; this format takes one.`);
  }
  return first;
}

/** Fields beside the example that a file may carry along; those whose names mean something there are lost. */
export function carried(extra: JsonObject, taken: readonly string[], losses: Losses): JsonObject {
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(extra)) {
    if (taken.includes(key)) losses.add(key, 'The name of this field means something else in the format.');
    else kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

/** A conversation and its tools as the value of an SFT example. */
export function sftValue({ messages, tools }: Conversation): JsonObject {
  return tools === undefined || tools === null ? { messages } : { messages, tools };
}

/** A pair as the value of a DPO example. */
export function dpoValue(
  pair: Conversation & { preferred: readonly Message[]; rejected: readonly Message[] },
): JsonObject {
  const { preferred, rejected, ...input } = pair;
  return { input: sftValue(input), preferred_output: preferred, non_preferred_output: rejected };
}
