import type { JsonObject } from '../datasets/read-line.ts';
import { type Message, messagesOf } from './chat.ts';
import { example, type Fit, makeCodec } from './codec.ts';
import { type CanonicalExample, exampleMethod } from './formats.model.ts';
import { isList, isObject, parseJson, without } from './json-values.ts';
import { Unfit } from './losses.ts';
import { originalCell } from './table-cells.rules.ts';

/** Columns of the table for analysis, in order. The texts are for people; the JSON columns hold everything. */
export const tableColumns = [
  'method',
  'system',
  'prompt',
  'answer',
  'rejected_answer',
  'turns',
  'messages',
  'preferred_output',
  'non_preferred_output',
  'tools',
  'fields',
  'extra',
  'formula_safe',
] as const;
export type TableColumn = (typeof tableColumns)[number];

/** One row of the table: texts and nothing else, so that it fits CSV and Parquet; null where there is nothing. */
export type TableRow = Readonly<Record<TableColumn, string | null>>;

/** A flat table: the conversation as texts for people, and as JSON so that nothing is lost. */
export const flatTable = makeCodec({
  name: 'flat-table',
  title: 'Table',
  fit: fitTable,
  read: readTable,
  write: (one) => tableRow(one),
});

function tableRow(one: CanonicalExample): TableRow {
  const input = one.method === 'dpo' ? one.value.input : one.value;
  if (!isObject(input)) throw new Unfit('The pair has no input.');
  const messages = messagesOf(input.messages, 'messages');
  if (one.method === 'dpo') {
    messagesOf(one.value.preferred_output, 'preferred_output');
    messagesOf(one.value.non_preferred_output, 'non_preferred_output');
  }
  const answer = one.method === 'dpo' ? side(one.value.preferred_output) : lastOf(messages, 'assistant');
  const fields = {
    ...without(input, ['messages', 'tools']),
    ...(one.method === 'dpo'
      ? { other: without(one.value, ['input', 'preferred_output', 'non_preferred_output']) }
      : {}),
  };
  if (isObject(fields.other) && Object.keys(fields.other).length === 0) delete fields.other;
  return {
    method: one.method,
    system: textOf(messages.find(({ role }) => role === 'system' || role === 'developer')),
    prompt: textOf(lastOf(messages, 'user')),
    answer: textOf(answer),
    rejected_answer: one.method === 'dpo' ? textOf(side(one.value.non_preferred_output)) : null,
    turns: String(messages.length),
    messages: JSON.stringify(messages),
    preferred_output: one.method === 'dpo' ? json(one.value.preferred_output) : null,
    non_preferred_output: one.method === 'dpo' ? json(one.value.non_preferred_output) : null,
    tools: json(input.tools),
    fields: Object.keys(fields).length === 0 ? null : JSON.stringify(fields),
    extra: Object.keys(one.extra).length === 0 ? null : JSON.stringify(one.extra),
    formula_safe: null,
  };
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function side(found: unknown): Message | undefined {
  return isList(found) ? found.filter(isObject).at(-1) : undefined;
}

function lastOf(messages: readonly Message[], role: string): Message | undefined {
  return messages.findLast((one) => one.role === role);
}

/** What a person would read of a message: its texts, or its calls as JSON. */
function textOf(one: Message | undefined): string | null {
  if (one === undefined) return null;
  if (typeof one.content === 'string') return one.content;
  if (isList(one.content)) {
    const texts = one.content.map((part) =>
      isObject(part) && typeof part.text === 'string' ? part.text : '[picture]',
    );
    return texts.join('\n');
  }
  return one.tool_calls === undefined ? null : JSON.stringify(one.tool_calls);
}

function fitTable(row: JsonObject): Fit | null {
  const method = exampleMethod.safeParse(row.method);
  if (!method.success || typeof row.messages !== 'string' || row.turns === undefined) return null;
  return { sureness: 1, method: method.data, why: "The columns of Lapidary's own tables." };
}

function readTable(found: JsonObject): CanonicalExample {
  const row = found.formula_safe === 'yes' ? cellsBack(found) : found;
  const method = exampleMethod.safeParse(row.method);
  if (!method.success) throw new Unfit('The column “method” is neither sft, dpo nor rft.');
  const fields = objectIn(row, 'fields');
  const extra = objectIn(row, 'extra');
  const tools = cell(row.tools);
  const told = {
    messages: messagesOf(row.messages, 'messages'),
    ...(tools === null ? {} : { tools: parseJson(tools) }),
  };
  if (method.data !== 'dpo') return example(method.data, { ...told, ...fields }, extra);
  const other = isObject(fields.other) ? fields.other : {};
  const preferred = messagesOf(row.preferred_output, 'preferred_output');
  const rejected = messagesOf(row.non_preferred_output, 'non_preferred_output');
  const input = { ...told, ...without(fields, ['other']) };
  return example(
    'dpo',
    { input, preferred_output: preferred, non_preferred_output: rejected, ...other },
    extra,
  );
}

function cellsBack(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? originalCell(value) : value]),
  );
}

function objectIn(row: JsonObject, column: TableColumn): JsonObject {
  const text = cell(row[column]);
  if (text === null) return {};
  const value = parseJson(text);
  if (!isObject(value)) throw new Unfit(`The column “${column}” holds no object of JSON.`);
  return value;
}

function cell(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
