import type { JsonObject } from '../datasets/read-line.ts';
import { message, type Message, messagesOf, noteOtherKeys, typeName } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import { isList, isObject, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { toTools, toToolCalls } from './tool-calls.ts';
import { sftValue } from './trainer-rows.ts';
import { imagePart } from './trl-messages.ts';

/** Anthropic's messages: the system prompt beside them, content in blocks, calls and results of tools among these. */
export const anthropic = makeCodec({
  name: 'anthropic',
  title: 'Anthropic',
  fit(row) {
    const messages = unpacked(row.messages);
    if (!isList(messages) || messages.length === 0 || !messages.every(isObject)) return null;
    const hasBlocks = messages.some(({ content }) => isList(content) && content.some(isOwnBlock));
    const hasTools =
      isList(row.tools) && row.tools.some((tool) => isObject(tool) && tool.input_schema !== undefined);
    const hasSystem =
      row.system !== undefined && messages.every(({ role }) => role === 'user' || role === 'assistant');
    if (!hasBlocks && !hasTools && !hasSystem) return null;
    const why = hasBlocks
      ? "Content in Anthropic's blocks."
      : hasTools
        ? 'Tools with “input_schema”.'
        : '“system” beside “messages”.';
    return { sureness: 1, method: 'sft', why };
  },
  read(row, losses) {
    const system = systemText(row.system);
    const told = messagesOf(row.messages, 'messages').flatMap((one) => toMessages(one, losses));
    const messages = [...(system === '' ? [] : [message('system', system)]), ...told];
    const tools = row.tools === undefined || row.tools === null ? undefined : toTools(row.tools, losses);
    return example('sft', sftValue({ messages, tools }), without(row, ['system', 'messages', 'tools']));
  },
});

const ownBlocks = new Set(['tool_use', 'tool_result', 'image', 'thinking', 'document']);

function isOwnBlock(part: unknown): boolean {
  if (!isObject(part) || !ownBlocks.has(typeName(part))) return false;
  return part.type !== 'image' || part.source !== undefined;
}

function systemText(system: unknown): string {
  if (system === undefined || system === null) return '';
  if (typeof system === 'string') return system;
  if (!isList(system)) throw new Unfit('“system” is neither a text nor blocks of text.');
  return system.map((block) => textOfBlock(block, '“system”')).join('\n\n');
}

function textOfBlock(block: unknown, where: string): string {
  if (isObject(block) && block.type === 'text' && typeof block.text === 'string') return block.text;
  throw new Unfit(`${where} holds a block of type “${typeName(block)}”, which is no text.`);
}

/** The messages that one of Anthropic's stands for: results of tools become messages of their own. */
function toMessages(one: Message, losses: Losses): readonly Message[] {
  noteOtherKeys(one, { known: ['role', 'content'], field: 'messages' }, losses);
  const role = one.role === 'user' || one.role === 'assistant' ? one.role : null;
  if (role === null) throw new Unfit(`A message is from “${String(one.role)}”, neither user nor assistant.`);
  if (typeof one.content === 'string') return [message(role, one.content)];
  if (!isList(one.content)) throw new Unfit('The content of a message is neither a text nor blocks.');
  return role === 'assistant' ? [answer(one.content, losses)] : question(one.content, losses);
}

function answer(blocks: readonly unknown[], losses: Losses): Message {
  const texts: string[] = [];
  const calls = [];
  for (const block of blocks) {
    if (isObject(block) && block.type === 'tool_use' && typeof block.name === 'string') {
      const id = typeof block.id === 'string' ? block.id : null;
      calls.push({ id, name: block.name, args: JSON.stringify(block.input ?? {}) });
    } else if (isObject(block) && (block.type === 'thinking' || block.type === 'redacted_thinking')) {
      losses.add('messages.content.thinking', "OpenAI's training files hold no thoughts of the model.");
    } else texts.push(textOfBlock(block, 'An answer'));
  }
  const text = texts.length === 0 ? {} : { content: texts.join('\n') };
  if (calls.length === 0) return { role: 'assistant', content: texts.join('\n') };
  return { role: 'assistant', ...text, tool_calls: toToolCalls(calls) };
}

function question(blocks: readonly unknown[], losses: Losses): readonly Message[] {
  const results: Message[] = [];
  const parts: JsonObject[] = [];
  for (const block of blocks) {
    if (isObject(block) && block.type === 'tool_result') results.push(result(block, losses));
    else if (isObject(block) && block.type === 'image') parts.push(picture(block.source));
    else parts.push({ type: 'text', text: textOfBlock(block, 'A question') });
  }
  const only = parts.length === 1 && parts[0]?.type === 'text' ? parts[0].text : null;
  return [...results, ...(parts.length === 0 ? [] : [message('user', only ?? parts)])];
}

function result(block: JsonObject, losses: Losses): Message {
  if (block.is_error === true)
    losses.add('messages.content.is_error', "OpenAI's results of tools have no mark for errors.");
  const { content } = block;
  const text = isList(content)
    ? content.map((part) => textOfBlock(part, 'A result of a tool')).join('\n')
    : content;
  const id = typeof block.tool_use_id === 'string' ? { tool_call_id: block.tool_use_id } : {};
  return { role: 'tool', ...id, content: typeof text === 'string' ? text : '' };
}

function picture(source: unknown): JsonObject {
  if (isObject(source)) {
    if (source.type === 'url' && typeof source.url === 'string') return imagePart(source.url);
    if (typeof source.media_type === 'string' && typeof source.data === 'string') {
      return imagePart(`data:${source.media_type};base64,${source.data}`);
    }
  }
  throw new Unfit('A picture is neither a link nor data.');
}
