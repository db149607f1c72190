import type { DpoExample } from '../../shared/features/datasets/datasets.model.ts';
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
import { checkMessage, checkTools } from './training-file.ts';

const pairKeys = ['input', 'preferred_output', 'non_preferred_output'] as const;
const inputKeys: readonly string[] = ['messages', 'tools', 'parallel_tool_calls'];

/** Reads a preference file (platform reference 2.3); examples count from 1, as do messages. */
export function readPreferenceFile(text: string, fileId: string): ReadFile<DpoExample> {
  return readExamples(text, fileId, { check: checkPair, textOf: (example) => JSON.stringify(example) });
}

function checkPair(value: unknown, place: Place): FileFault | null {
  const { number } = place;
  if (!isObject(value)) return invalidFormat(`Example ${number} is not an object`);
  const other = checkMethod(value, place);
  if (other) return other;
  const missing = pairKeys.find((key) => !(key in value));
  if (missing) return invalidFormat(`Example ${number} is missing key '${missing}'`);
  const extra = Object.keys(value).find((key) => !(pairKeys as readonly string[]).includes(key));
  if (extra !== undefined) return formatError(`Example ${number} contains an extra "${extra}".`);
  return (
    checkInput(value.input, place) ??
    checkSide(value.preferred_output, 'preferred_output', place) ??
    checkSide(value.non_preferred_output, 'non_preferred_output', place)
  );
}

function checkMethod(value: Json, place: Place): FileFault | null {
  const isPair = 'preferred_output' in value || 'non_preferred_output' in value;
  if ('messages' in value && !isPair) {
    return otherMethod(place, { kind: 'fine-tune-chat', needs: 'supervised', provided: 'dpo' });
  }
  if (!('prompt' in value && 'completion' in value)) return null;
  return otherMethod(place, { kind: 'fine-tune-completion', needs: 'completion', provided: 'dpo' });
}

function checkInput(input: unknown, place: Place): FileFault | null {
  const { number } = place;
  if (!isObject(input)) return invalidFormat(`Example ${number} key 'input' must be an object`);
  if (!('messages' in input)) return invalidFormat(`Example ${number} key 'input' is missing key 'messages'`);
  const extra = Object.keys(input).find((key) => !inputKeys.includes(key));
  if (extra !== undefined) return formatError(`Example ${number} key 'input' contains an extra "${extra}".`);
  const { messages } = input;
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalidFormat(`Example ${number} key 'messages' must be a list with at least one message`);
  }
  for (const [i, message] of messages.entries()) {
    const what = checkMessage(message) ?? checkIsText(message as Json);
    if (what) return invalidFormat(`Example ${number}, message ${i + 1} ${what}`);
  }
  if ((messages.at(-1) as Json).role === 'assistant') {
    return invalidFormat(`Example ${number} last message of 'input' must not be from the assistant`);
  }
  return checkTools(input, place);
}

function checkSide(side: unknown, key: string, { number }: Place): FileFault | null {
  if (!Array.isArray(side) || side.length !== 1) {
    return invalidFormat(`Example ${number} key '${key}' must be a list with exactly one message`);
  }
  const [message] = side as unknown[];
  const what = checkMessage(message) ?? checkIsText(message as Json) ?? checkAnswer(message as Json);
  return what ? invalidFormat(`Example ${number} key '${key}', message 1 ${what}`) : null;
}

function checkIsText({ content }: Json): string | null {
  const isText = !Array.isArray(content) || content.every((part) => isObject(part) && part.type === 'text');
  return isText ? null : 'must hold text only';
}

function checkAnswer({ role, content, tool_calls }: Json): string | null {
  if (role !== 'assistant') return `must be from the assistant, but its role is '${String(role)}'`;
  const isEmpty = (content === '' || (Array.isArray(content) && content.length === 0)) && !tool_calls;
  return isEmpty ? 'is empty' : null;
}
