import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import { moderationRefusal } from './moderation.ts';

/** Why a training file cannot be used: the job's `error`, and the file's `status_details`. */
export type FileFault = { code: string; message: string; details: string };

/** A file's examples, or the first thing wrong with it in the words of the platform (reference 2.6). */
export type ReadFile = { examples: SftExample[] } | { fault: FileFault };

type Json = Readonly<Record<string, unknown>>;

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
export function readTrainingFile(text: string, fileId: string): ReadFile {
  const examples: SftExample[] = [];
  let line = 0;
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    line += 1;
    if (raw.trim() === '') continue;
    const number = examples.length + 1;
    const value = parseLine(raw);
    if ('problem' in value) {
      const reason = `line contains invalid json: ${value.problem} (line ${line})`;
      return { fault: invalidFormat(`Example ${number} cannot be parsed. Error: ${reason}`) };
    }
    const fault = checkExample(value.json, { number, fileId });
    if (fault) return { fault };
    examples.push(value.json as SftExample);
  }
  const refusal = moderationRefusal(examples.map((one) => JSON.stringify(one.messages)));
  return refusal ? { fault: { ...refusal, details: refusal.message } } : { examples };
}

function parseLine(raw: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(raw) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' };
  }
}

function invalidFormat(what: string): FileFault {
  const details = what.startsWith('Unexpected') ? what : `Invalid file format. ${what}`;
  return {
    code: 'invalid_training_file',
    message: `The job failed due to an invalid training file. ${details}`,
    details,
  };
}

function formatError(what: string): FileFault {
  const details = `Invalid file format. ${what}`;
  return {
    code: 'invalid_file_format',
    message: `The job failed due to a file format error in the training file. ${details}`,
    details,
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Place = { number: number; fileId: string };

function checkExample(value: unknown, place: Place): FileFault | null {
  const unexpected = 'Unexpected file format, expected either prompt/completion pairs or chat messages.';
  if (!isObject(value)) return invalidFormat(unexpected);
  const otherMethod = checkMethod(value, place);
  if (otherMethod) return otherMethod;
  if (!('messages' in value)) {
    const isChat = ['tools', 'functions', 'parallel_tool_calls'].some((key) => key in value);
    return invalidFormat(isChat ? `Example ${place.number} is missing key 'messages'` : unexpected);
  }
  const extra = Object.keys(value).find((key) => !topLevelKeys.has(key));
  if (extra !== undefined) return formatError(`Example ${place.number} contains an extra "${extra}".`);
  return checkMessages(value.messages, place) ?? checkTools(value, place);
}

function checkMethod(value: Json, { fileId }: Place): FileFault | null {
  const kind =
    'preferred_output' in value || 'non_preferred_output' in value
      ? 'fine-tune-preference'
      : 'prompt' in value && 'completion' in value
        ? 'fine-tune-completion'
        : null;
  if (!kind) return null;
  const method = kind === 'fine-tune-preference' ? 'dpo' : 'completion';
  return invalidFormat(
    `Input file ${fileId} is in the ${kind} format, but the specified fine-tuning job is not using ` +
      `'${method}' as the training method (provided method=supervised).`,
  );
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

function checkMessage(message: unknown): string | null {
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

function checkTools(value: Json, { number }: Place): FileFault | null {
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
