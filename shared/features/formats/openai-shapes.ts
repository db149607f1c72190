import type { JsonObject } from '../datasets/read-line.ts';
import { looksLikeMessages, messagesOf } from './chat.ts';
import {
  answerMessages,
  type ChatDialect,
  dropNulls,
  messagesFor,
  onlyFields,
  unpackFields,
} from './chat-rows.ts';
import { example, type Fit, type Writing } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, isSameJson, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';

/** Top-level fields of the three methods' training files (platform reference 2.1, 2.3, 2.4). */
export const sftKeys = ['messages', 'tools', 'parallel_tool_calls', 'functions'] as const;
export const dpoKeys = ['input', 'preferred_output', 'non_preferred_output'] as const;
export const dpoInputKeys = ['messages', 'tools', 'parallel_tool_calls'] as const;

/** Splits a row of messages into the example and what else it has. */
export function readSft(row: JsonObject, losses: Losses): CanonicalExample {
  const value = dropNulls(unpackFields(row, sftKeys), ['tools', 'parallel_tool_calls', 'functions'], losses);
  messagesOf(value.messages, 'messages');
  const foreign = Object.keys(value).filter((key) => !sftKeys.some((one) => one === key));
  if (foreign.length === 0) return example('sft', value);
  return example('sft', without(value, foreign), without(value, sftKeys));
}

/** Reads pairs, also with the sides' names as the API's own description once spelled them (platform reference 2.3). */
export function readDpo(row: JsonObject): CanonicalExample {
  const input = inputOf(row.input);
  const preferred = side(row, 'preferred_output', 'preferred_completion');
  const rejected = side(row, 'non_preferred_output', 'non_preferred_completion');
  messagesOf(input.messages, 'input.messages');
  const isAsItIs =
    input === row.input && preferred === row.preferred_output && rejected === row.non_preferred_output;
  const known = [...dpoKeys, 'preferred_completion', 'non_preferred_completion'];
  const foreign = Object.keys(row).filter((key) => !known.includes(key));
  if (isAsItIs && foreign.length === 0) return example('dpo', row);
  const value = { input, preferred_output: preferred, non_preferred_output: rejected };
  return example('dpo', value, without(row, known));
}

function inputOf(found: unknown): JsonObject {
  const input = unpacked(found);
  if (isObject(input)) return input;
  if (looksLikeMessages(input)) return { messages: input };
  throw new Unfit('“input” is no object with messages.');
}

function side(row: JsonObject, key: string, oldKey: string): unknown {
  const found = row[key] === undefined ? row[oldKey] : row[key];
  if (isList(found)) return found;
  const messages = answerMessages(found);
  if (messages === null) throw new Unfit(`“${key}” is not a list with the assistant's message.`);
  return messages;
}

/** Reads a row of reinforcement fine-tuning, whose further fields belong to it. */
export function readRft(row: JsonObject, losses: Losses): CanonicalExample {
  const value = dropNulls(unpackFields(row, ['messages', 'tools']), ['tools'], losses);
  messagesOf(value.messages, 'messages');
  return example('rft', value);
}

/** How well a row looks like messages to imitate; rows that end with anything but an answer are for reinforcement. */
export function fitSft(row: JsonObject): Fit | null {
  if (!looksLikeMessages(row.messages)) return null;
  const isOwn = Object.keys(row).every((key) => sftKeys.some((one) => one === key));
  const isAnswered = lastRole(row.messages) === 'assistant';
  return {
    sureness: isAnswered ? (isOwn ? 0.96 : 0.9) : 0.5,
    method: 'sft',
    why: '“messages” with an answer.',
  };
}

/** How well a row looks like a task for reinforcement: messages that end with a question, and fields for the grader. */
export function fitRft(row: JsonObject): Fit | null {
  if (!looksLikeMessages(row.messages)) return null;
  const isAnswered = lastRole(row.messages) === 'assistant';
  const why = '“messages” that end with a question, for a grader.';
  return { sureness: isAnswered ? 0.3 : 0.95, method: 'rft', why };
}

function lastRole(messages: unknown): unknown {
  const list = unpacked(messages);
  const last = isList(list) ? list.at(-1) : undefined;
  return isObject(last) ? last.role : undefined;
}

/** How well a row looks like OpenAI's pairs. */
export function fitDpo(row: JsonObject): Fit | null {
  const hasSides = ['preferred_output', 'preferred_completion'].some((key) => row[key] !== undefined);
  const input = unpacked(row.input);
  const messages = isObject(input) ? input.messages : input;
  if (!hasSides || !looksLikeMessages(messages)) return null;
  return { sureness: 1, method: 'dpo', why: '“input” with a preferred and a non-preferred output.' };
}

/** An SFT row as a service takes it; the value itself when nothing had to change. */
export function writeSft(one: CanonicalExample, dialect: ChatDialect, at: Writing): JsonObject {
  demand(one, 'sft', dialect);
  noteExtra(one, dialect, at);
  return withMessages(onlyFields(one.value, sftKeys, noting(dialect, at)), dialect, at);
}

/** A DPO row as a service takes it. */
export function writeDpo(one: CanonicalExample, dialect: ChatDialect, at: Writing): JsonObject {
  demand(one, 'dpo', dialect);
  noteExtra(one, dialect, at);
  const value = onlyFields(one.value, dpoKeys, noting(dialect, at));
  if (!isObject(value.input)) throw new Unfit('The pair has no input.');
  const known = onlyFields(value.input, dpoInputKeys, { ...noting(dialect, at), inside: 'input.' });
  const input = withMessages(known, dialect, at);
  const preferred = sideFor(value.preferred_output, dialect, at);
  const rejected = sideFor(value.non_preferred_output, dialect, at);
  const isAsItIs =
    input === value.input && preferred === value.preferred_output && rejected === value.non_preferred_output;
  return isAsItIs ? value : { ...value, input, preferred_output: preferred, non_preferred_output: rejected };
}

function sideFor(found: unknown, dialect: ChatDialect, at: Writing): unknown {
  return messagesFor(messagesOf(found, 'the outputs'), dialect, at);
}

/** An RFT row as a service takes it: every further field is the grader's. */
export function writeRft(one: CanonicalExample, dialect: ChatDialect, at: Writing): JsonObject {
  demand(one, 'rft', dialect);
  const fields = Object.keys(one.extra).length === 0 ? one.value : { ...one.extra, ...one.value };
  return withMessages(fields, dialect, at);
}

function withMessages(row: JsonObject, dialect: ChatDialect, at: Writing): JsonObject {
  const messages = messagesOf(row.messages, 'messages');
  const fitting = messagesFor(messages, dialect, at);
  return fitting === row.messages || isSameJson(fitting, row.messages) ? row : { ...row, messages: fitting };
}

/** Unfit unless the example is of the method that a target is for. */
export function demand(
  one: CanonicalExample,
  method: CanonicalExample['method'],
  { service }: { service: string },
): void {
  if (one.method !== method)
    throw new Unfit(`${service} takes ${method} rows here; this one is ${one.method}.`);
}

function noteExtra(one: CanonicalExample, dialect: ChatDialect, { losses }: Writing): void {
  for (const key of Object.keys(one.extra)) losses.add(key, refusal(dialect));
}

function noting(dialect: ChatDialect, { losses }: Writing): { losses: Writing['losses']; reason: string } {
  return { losses, reason: refusal(dialect) };
}

function refusal({ service }: ChatDialect): string {
  return `${service} refuses rows with other fields than its own.`;
}
