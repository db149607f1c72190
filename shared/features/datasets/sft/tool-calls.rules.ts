import { findJsonProblem } from '../json-scanner.ts';
import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report, type SchemaChecker } from './check-context.ts';
import { nameOf, type PlacedMessage } from './content.rules.ts';
import { isMendedLater } from './recovery.rules.ts';
import type { DeclaredTools } from './tools.rules.ts';

export type ToolCallContext = {
  readonly declared: DeclaredTools;
  readonly schemas: SchemaChecker;
  readonly report: Report;
};

const shownProblems = 3;

/** Pointers of the calls that wait for a result, by id. */
type OpenCalls = Map<string, string>;

/** Checks every call against the declared tools, and that every call has its result and every result its call. */
export function checkToolCalls(
  placed: readonly PlacedMessage[],
  total: number,
  context: ToolCallContext,
): void {
  const open: OpenCalls = new Map();
  for (const one of placed) {
    if (one.role === 'tool') checkResult(one, open, context.report);
    else reportUnanswered(open, context.report);
    if (one.role === 'assistant') checkCallsOf(one, open, withRecovery(placed, one, context));
  }
  // An example may end with the call: then calling is what is learned. Results are needed only if it goes on.
  if (placed.at(-1)?.role === 'tool' && placed.at(-1)?.index === total - 1)
    reportUnanswered(open, context.report);
}

const mendable: ReadonlySet<string> = new Set([
  'arguments_not_json',
  'arguments_not_object',
  'arguments_schema',
]);

/** The same context, but arguments that a later call mends are told as a turn of recovery and not as an error. */
function withRecovery(
  placed: readonly PlacedMessage[],
  one: PlacedMessage,
  context: ToolCallContext,
): ToolCallContext {
  return {
    ...context,
    report(code, pointer, detail) {
      const name = mendable.has(code) ? nameAt(one, pointer) : undefined;
      if (name === undefined || !isMendedLater(placed, { index: one.index, name }, context)) {
        context.report(code, pointer, detail);
        return;
      }
      context.report('tool_call_recovered', pointer, {
        ...detail,
        message: `${nameOf(one)} calls "${name.slice(0, 60)}" with arguments that do not fit, and a later call mends it; the turn teaches recovery and stays.`,
      });
    },
  };
}

/** The tool that the call at a pointer inside of a message names. */
function nameAt(one: PlacedMessage, pointer: string): string | undefined {
  const [, index = ''] = /^\/tool_calls\/(\d+)/.exec(pointer.slice(one.pointer.length)) ?? [];
  const call: unknown = Array.isArray(one.message.tool_calls) ? one.message.tool_calls[Number(index)] : null;
  const called = isObject(call) ? call.function : undefined;
  return index !== '' && isObject(called) && typeof called.name === 'string' ? called.name : undefined;
}

function reportUnanswered(open: OpenCalls, report: Report): void {
  for (const [id, pointer] of open) {
    report('tool_call_unanswered', pointer, {
      message: `The tool call "${id.slice(0, 60)}" has no result before the conversation goes on.`,
      expected: `a tool message with tool_call_id "${id.slice(0, 60)}"`,
    });
  }
  open.clear();
}

function checkResult(placed: PlacedMessage, open: OpenCalls, report: Report): void {
  const id = placed.message.tool_call_id;
  if (typeof id !== 'string' || id === '') {
    const at = Object.hasOwn(placed.message, 'tool_call_id')
      ? `${placed.pointer}/tool_call_id`
      : placed.pointer;
    report('tool_call_id_missing', at, {
      message: `${nameOf(placed)} does not say which call it answers.`,
      expected: 'tool_call_id',
      found: id,
    });
  } else if (!open.delete(id)) {
    report('tool_result_unmatched', `${placed.pointer}/tool_call_id`, {
      message: `${nameOf(placed)} answers "${id.slice(0, 60)}", but no call before it waits for that.`,
      expected: open.size > 0 ? [...open.keys()].join(', ').slice(0, 200) : 'a call before it',
      found: id,
    });
  }
}

function checkCallsOf(placed: PlacedMessage, open: OpenCalls, context: ToolCallContext): void {
  const { message, pointer } = placed;
  if (Object.hasOwn(message, 'function_call') && message.function_call !== null) {
    const call = message.function_call;
    if (isObject(call))
      checkFunction(call, { pointer: `${pointer}/function_call`, where: nameOf(placed) }, context);
    else reportShape(`${pointer}/function_call`, { where: nameOf(placed), found: call }, context.report);
  }
  if (!Object.hasOwn(message, 'tool_calls')) return;
  const calls = message.tool_calls;
  const at = `${pointer}/tool_calls`;
  if (!Array.isArray(calls)) {
    reportShape(at, { where: nameOf(placed), found: calls }, context.report);
    return;
  }
  if (calls.length === 0) {
    context.report('tool_calls_empty', at, {
      message: `${nameOf(placed)}: "tool_calls" is an empty list; leave it out.`,
      expected: 'at least one call, or no tool_calls',
      found: calls,
      fix: { kind: 'remove', label: 'Remove the empty “tool_calls”' },
    });
  }
  for (const [index, call] of calls.entries()) {
    checkCall(call, { pointer: pointerTo(at, index), where: nameOf(placed), open }, context);
  }
}

type Place = { readonly pointer: string; readonly where: string };

function reportShape(
  pointer: string,
  { where, found }: { where: string; found: unknown },
  report: Report,
): void {
  report('tool_calls_invalid', pointer, {
    message: `${where}: a tool call must look like {"id": …, "type": "function", "function": {"name": …, "arguments": …}}.`,
    expected: 'id, type and function',
    found,
  });
}

function checkCall(call: unknown, place: Place & { open: OpenCalls }, context: ToolCallContext): void {
  const { pointer, where, open } = place;
  if (!isObject(call) || !isObject(call.function)) {
    reportShape(pointer, { where, found: call }, context.report);
    return;
  }
  if (call.type !== 'function') {
    const isMissing = !Object.hasOwn(call, 'type');
    context.report('tool_calls_invalid', isMissing ? pointer : `${pointer}/type`, {
      message: `${where}: the type of a tool call must be "function".`,
      expected: '"function"',
      found: call.type,
      ...(isMissing ? { fix: { kind: 'type-to-function', label: 'Add the type “function”' } } : {}),
    });
  }
  const { id } = call;
  if (typeof id !== 'string' || id === '') {
    context.report('tool_calls_invalid', Object.hasOwn(call, 'id') ? `${pointer}/id` : pointer, {
      message: `${where}: a tool call needs an id.`,
      expected: 'an id such as "call_1"',
      found: id,
    });
  } else {
    if (open.has(id)) {
      context.report('tool_call_id_repeated', `${pointer}/id`, {
        message: `${where}: the id "${id.slice(0, 60)}" belongs to another call of the same message.`,
        expected: 'an id of its own',
        found: id,
      });
    }
    open.set(id, pointer);
  }
  checkFunction(call.function, { pointer: `${pointer}/function`, where }, context);
}

function checkFunction(called: JsonObject, place: Place, context: ToolCallContext): void {
  const { pointer, where } = place;
  const { name } = called;
  const isNamed = typeof name === 'string' && name !== '';
  const tool = isNamed ? context.declared.get(name) : undefined;
  if (!isNamed) {
    reportShape(
      Object.hasOwn(called, 'name') ? `${pointer}/name` : pointer,
      { where, found: name },
      context.report,
    );
  } else if (!tool) {
    context.report('tool_undeclared', `${pointer}/name`, {
      message: `${where} calls "${name.slice(0, 80)}", which the example does not declare.`,
      expected: [...context.declared.keys()].join(', ').slice(0, 200) || 'tools',
      found: name,
    });
  }
  const value = checkArguments(called, place, context.report);
  if (value === undefined || tool?.parameters === undefined) return;
  checkAgainstSchema(value, tool.parameters, { ...place, context });
}

/** The arguments as an object, or undefined when they are none. */
function checkArguments(
  called: JsonObject,
  { pointer, where }: Place,
  report: Report,
): JsonObject | undefined {
  const at = Object.hasOwn(called, 'arguments') ? `${pointer}/arguments` : pointer;
  const given = called.arguments;
  if (typeof given !== 'string') {
    report('arguments_not_text', at, {
      message: `${where}: the arguments of a call must be a text that holds JSON.`,
      expected: 'a text such as "{\\"city\\": \\"Oslo\\"}"',
      found: given,
      ...(isObject(given)
        ? { fix: { kind: 'arguments-to-text', label: 'Write the arguments as text' } }
        : {}),
    });
    return isObject(given) ? given : undefined;
  }
  const problem = findJsonProblem(given);
  if (problem) {
    report('arguments_not_json', at, {
      message: `${where}: the arguments are not JSON: ${problem.message} (at character ${problem.at + 1}).`,
      expected: 'JSON',
      found: given,
      ...(given.trim() === ''
        ? { fix: { kind: 'arguments-to-empty-object', label: 'Write {} for no arguments' } }
        : {}),
    });
    return undefined;
  }
  const value: unknown = JSON.parse(given);
  if (isObject(value)) return value;
  report('arguments_not_object', at, {
    message: `${where}: the arguments must be an object with one key per parameter.`,
    expected: 'an object',
    found: given,
  });
  return undefined;
}

function checkAgainstSchema(
  value: JsonObject,
  parameters: unknown,
  { pointer, where, context }: Place & { context: ToolCallContext },
): void {
  const verdict = context.schemas.check(parameters, value);
  if ('unchecked' in verdict) {
    context.report('arguments_unchecked', `${pointer}/arguments`, {
      message: `${where}: the arguments were not compared with the tool's schema: ${verdict.unchecked}.`,
    });
    return;
  }
  for (const problem of verdict.problems.slice(0, shownProblems)) {
    context.report('arguments_schema', `${pointer}/arguments`, {
      message: `${where}: the arguments do not fit the tool: ${problem.pointer || 'they'} ${problem.message}.`,
      expected: problem.message,
      found: value,
    });
  }
}
