import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import {
  formatError,
  invalidFormat,
  isObject,
  otherMethod,
  readExamples,
  type FileFault,
  type Json,
  type Place,
  type ReadFile,
} from './example-lines.ts';

const topLevelKeys = new Set(['messages', 'tools', 'parallel_tool_calls', 'functions']);
/** Roles in the words of the platform's refusal; `developer` is taken too, as one more kind of system message. */
const roles = ['system', 'user', 'assistant', 'tool', 'function'];
const commonKeys = ['role', 'content', 'name'];
const messageKeys: Readonly<Record<string, readonly string[]>> = {
  system: commonKeys,
  developer: commonKeys,
  user: commonKeys,
  assistant: [...commonKeys, 'weight', 'tool_calls', 'function_call', 'refusal'],
  tool: [...commonKeys, 'tool_call_id'],
  function: commonKeys,
};

/** Reads a supervised chat file; examples count from 1, as do messages. */
export function readTrainingFile(text: string, fileId: string): ReadFile<SftExample> {
  return readExamples(text, fileId, {
    check: checkExample,
    textOf: (example) => JSON.stringify(example.messages),
  });
}

function checkExample(value: unknown, place: Place): FileFault | null {
  const unexpected = 'Unexpected file format, expected either prompt/completion pairs or chat messages.';
  if (!isObject(value)) return invalidFormat(unexpected);
  const other = checkMethod(value, place);
  if (other) return other;
  if (!('messages' in value)) {
    const isChat = ['tools', 'functions', 'parallel_tool_calls'].some((key) => key in value);
    return invalidFormat(isChat ? `Example ${place.number} is missing key 'messages'` : unexpected);
  }
  const extra = Object.keys(value).find((key) => !topLevelKeys.has(key));
  if (extra !== undefined) return formatError(`Example ${place.number} contains an extra "${extra}".`);
  return checkMessages(value.messages, place) ?? checkTools(value, place);
}

function checkMethod(value: Json, place: Place): FileFault | null {
  if ('preferred_output' in value || 'non_preferred_output' in value) {
    return otherMethod(place, { kind: 'fine-tune-preference', needs: 'dpo', provided: 'supervised' });
  }
  if (!('prompt' in value && 'completion' in value)) return null;
  return otherMethod(place, { kind: 'fine-tune-completion', needs: 'completion', provided: 'supervised' });
}

function checkMessages(messages: unknown, { number }: Place): FileFault | null {
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalidFormat(`Example ${number} key 'messages' must be a list with at least one message`);
  }
  for (const [i, message] of messages.entries()) {
    const what = checkMessage(message);
    if (what) return invalidFormat(`Example ${number}, message ${i + 1} ${what}`);
  }
  if (!messages.some((one: Json) => one.role === 'assistant')) {
    return invalidFormat(`Example ${number} must have at least one message from the assistant`);
  }
  if ((messages.at(-1) as Json).role !== 'assistant') {
    return invalidFormat(`Example ${number} last message must be from the assistant`);
  }
  return null;
}

/** What is wrong with one message, to follow its place; null when nothing is. */
export function checkMessage(message: unknown): string | null {
  if (!isObject(message)) return 'is not an object';
  if (!('role' in message)) return "Discriminator 'role' is missing in value";
  const role = String(message.role);
  const keys = messageKeys[role];
  if (!keys) {
    const tags = roles.map((one) => `'${one}'`).join(', ');
    return `Input tag '${role}' found using 'role' does not match any of the expected tags: ${tags}`;
  }
  const extra = Object.keys(message).find((key) => !keys.includes(key));
  if (extra !== undefined) return `contains an extra "${extra}"`;
  if (message.weight !== undefined && message.weight !== 0 && message.weight !== 1) {
    return "'weight' must be 0 or 1";
  }
  if (role === 'tool' && typeof message.tool_call_id !== 'string') return "is missing key 'tool_call_id'";
  return checkContent(message, role) ?? checkCalls(message.tool_calls);
}

function checkContent(message: Json, role: string): string | null {
  const { content } = message;
  if (typeof content === 'string' || Array.isArray(content)) return null;
  if (content !== undefined && content !== null) return "'content' must be a string or a list of parts";
  const hasCalls = Array.isArray(message.tool_calls) || isObject(message.function_call);
  return role === 'assistant' && hasCalls ? null : "is missing key 'content'";
}

function checkCalls(calls: unknown): string | null {
  if (calls === undefined) return null;
  if (!Array.isArray(calls) || calls.length === 0)
    return "'tool_calls' must be a list with at least one call";
  for (const call of calls) {
    const fn: unknown = isObject(call) ? call.function : undefined;
    if (!isObject(fn) || typeof fn.name !== 'string' || typeof fn.arguments !== 'string') {
      return "'tool_calls' needs 'function' with 'name' and 'arguments' as strings";
    }
    if (!isObject(call) || typeof call.id !== 'string') return "'tool_calls' is missing key 'id'";
  }
  return null;
}

/** What is wrong with the tools of an example or input; null when nothing is. */
export function checkTools(value: Json, { number }: Place): FileFault | null {
  if (value.tools === undefined) return null;
  const isFine =
    Array.isArray(value.tools) &&
    value.tools.every(
      (tool) => isObject(tool) && isObject(tool.function) && typeof tool.function.name === 'string',
    );
  return isFine
    ? null
    : invalidFormat(`Example ${number} key 'tools' must be a list of functions with a name`);
}
