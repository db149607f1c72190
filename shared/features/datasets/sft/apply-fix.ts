import { toPreferencePair } from '../dpo/preference-keys.ts';
import { textOf } from '../example-facts.ts';
import { changedAt, valueAt } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject } from './check-context.ts';

type Change = { set: unknown } | 'remove' | null;

/** A single answer as a list of one message; the messages of an input as an object. */
function sideList(found: unknown, pointer: string): Change {
  if (pointer === '/input') {
    const messages = typeof found === 'string' ? [{ role: 'user', content: found }] : found;
    return Array.isArray(messages) ? { set: { messages } } : null;
  }
  if (typeof found === 'string') return { set: [{ role: 'assistant', content: found }] };
  return isObject(found)
    ? { set: [Object.hasOwn(found, 'role') ? found : { role: 'assistant', ...found }] }
    : null;
}

function pairChange(found: unknown): Change {
  const pair = isObject(found) ? toPreferencePair(found) : null;
  return pair ? { set: pair } : null;
}

/** A last assistant message becomes the field that a grader compares with; a taken name is not overwritten. */
function answerChange(example: JsonObject): JsonObject | null {
  const messages = Array.isArray(example.messages) ? example.messages : [];
  const last: unknown = messages.at(-1);
  if (!isObject(last) || last.role !== 'assistant' || messages.length < 2) return null;
  const rest = { ...example, messages: messages.slice(0, -1) };
  const text = textOf(last);
  if (Object.hasOwn(example, 'reference_answer') || text === '') return rest;
  return { ...rest, reference_answer: text };
}

function unnested(example: JsonObject): JsonObject | null {
  const { item, ...rest } = example;
  return isObject(item) ? { ...rest, ...item } : null;
}

/** The example with one finding's fix applied; null when the place is gone or the fix does not fit it any more. */
export function applyFix(example: JsonObject, fix: { kind: string; pointer: string }): JsonObject | null {
  if (fix.kind === 'answer-to-item') return answerChange(example);
  if (fix.kind === 'unnest-item') return unnested(example);
  const found = valueAt(example, fix.pointer);
  const change = fix.kind === 'wrap-in-list' ? sideList(found, fix.pointer) : changeFor(fix.kind, found);
  if (change === null) return null;
  const fixed = changedAt(example, fix.pointer, change);
  return isObject(fixed) ? fixed : null;
}

function changeFor(kind: string, found: unknown): Change {
  switch (kind) {
    case 'remove':
      return 'remove';
    case 'weight-to-number':
      return { set: found === true || found === '1' ? 1 : 0 };
    case 'arguments-to-text':
      return isObject(found) ? { set: JSON.stringify(found) } : null;
    case 'arguments-to-empty-object':
      return { set: '{}' };
    case 'type-to-function':
      return isObject(found) ? { set: { type: 'function', ...found } } : null;
    case 'to-boolean':
      return { set: found === 'true' || found === 1 };
    case 'role-to-system':
      return { set: 'system' };
    case 'role-to-developer':
      return { set: 'developer' };
    case 'to-preference-pair':
      return pairChange(found);
    default:
      return null;
  }
}
