import type { JsonObject } from '../datasets/read-line.ts';
import type { Message } from './chat.ts';
import { isList, isObject, without } from './json-values.ts';
import type { Losses } from './losses.ts';
import { numberedId } from './tool-calls.ts';

/** Rewrites `functions`, `function_call` and the function role, which came before tools, as tools. */
export function modernised(value: JsonObject, losses: Losses): JsonObject {
  const { functions, messages } = value;
  const list = isList(messages) ? messages.filter(isObject) : [];
  const isOld =
    functions !== undefined || list.some((one) => isObject(one.function_call) || one.role === 'function');
  if (!isOld) return value;
  losses.add('functions', 'The old fields functions and function_call become tools and tool_calls.');
  const known = isList(value.tools) ? value.tools : [];
  const tools = isList(functions) ? functions.map((one) => ({ type: 'function', function: one })) : [];
  const rest = without(value, ['functions', 'tools']);
  return {
    ...rest,
    messages: modernMessages(list),
    ...(known.length + tools.length === 0 ? {} : { tools: [...known, ...tools] }),
  };
}

function modernMessages(messages: readonly Message[]): readonly Message[] {
  let calls = 0;
  return messages.map((one) => {
    if (isObject(one.function_call)) {
      const call = { id: numberedId(calls), type: 'function', function: one.function_call };
      calls += 1;
      return { ...without(one, ['function_call']), tool_calls: [call] };
    }
    if (one.role !== 'function') return one;
    return { ...one, role: 'tool', tool_call_id: numberedId(Math.max(0, calls - 1)) };
  });
}
