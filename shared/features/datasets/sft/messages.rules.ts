import type { Method } from '../datasets.model.ts';
import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { extraKeys, isObject, type Report } from './check-context.ts';
import { nameOf, type PlacedMessage } from './content.rules.ts';

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const common = ['role', 'content', 'name'];
const keysOfRole: Readonly<Record<string, ReadonlySet<string>>> = {
  system: new Set(common),
  developer: new Set(common),
  user: new Set(common),
  assistant: new Set([...common, 'weight', 'tool_calls', 'function_call', 'refusal']),
  tool: new Set([...common, 'tool_call_id']),
  function: new Set(common),
};
const speakerName = /^[^\s<|\\/>]{1,64}$/;

/** Where a list of messages stands in its example, and whose method's roles hold there. */
export type MessageList = { readonly pointer: string; readonly method: Method };
const sftMessages: MessageList = { pointer: '/messages', method: 'sft' };

/** Checks each message by itself, but for its content; answers those that are objects with a known role, in order. */
export function checkMessages(
  messages: readonly unknown[],
  report: Report,
  list: MessageList = sftMessages,
): PlacedMessage[] {
  const placed: PlacedMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const pointer = pointerTo(list.pointer, index);
    if (!isObject(message)) {
      report('message_not_object', pointer, {
        message: `Message ${index + 1} is not an object with role and content.`,
        expected: 'an object',
        found: message,
      });
      continue;
    }
    const role = checkRole(message, { index, pointer, method: list.method }, report);
    if (role === null) continue;
    const one = { index, pointer, role, message };
    placed.push(one);
    checkKeys(one, report);
    checkWeight(one, report);
    checkName(one, report);
  }
  return placed;
}

type Place = { readonly index: number; readonly pointer: string; readonly method: Method };

function checkRole(message: JsonObject, { index, pointer, method }: Place, report: Report): string | null {
  const { role } = message;
  if (!Object.hasOwn(message, 'role')) {
    report('role_missing', pointer, {
      message: `Message ${index + 1} has no role.`,
      expected: 'system, user, assistant or tool',
    });
    return null;
  }
  if (typeof role !== 'string' || !roles.has(role)) {
    report('role_unknown', `${pointer}/role`, {
      message: `Message ${index + 1} has the role ${JSON.stringify(role)?.slice(0, 60)}, which does not exist.`,
      expected: 'system, user, assistant or tool',
      found: role,
    });
    return null;
  }
  if (role === 'system' && method === 'rft') {
    report('system_role', `${pointer}/role`, {
      message: `Message ${index + 1}: reinforcement fine-tuning trains reasoning models, which take “developer”; “system” was refused on Azure.`,
      expected: '"developer"',
      found: role,
      fix: { kind: 'role-to-developer', label: 'Change the role to “developer”' },
    });
  }
  if (role === 'developer' && method !== 'rft') {
    report('developer_role', `${pointer}/role`, {
      message: `Message ${index + 1}: “developer” is documented for reinforcement fine-tuning only; “system” says the same here.`,
      expected: '"system"',
      found: role,
      fix: { kind: 'role-to-system', label: 'Change the role to “system”' },
    });
  }
  if (role === 'function') {
    report('function_role', `${pointer}/role`, {
      message: `Message ${index + 1}: the role “function” is deprecated, “tool” has taken its place.`,
      expected: '"tool"',
      found: role,
    });
  }
  return role;
}

function checkKeys(placed: PlacedMessage, report: Report): void {
  for (const key of extraKeys(placed.message, keysOfRole[placed.role] ?? new Set())) {
    // A weight elsewhere is the most common slip and has a finding of its own.
    if (key === 'weight') continue;
    report('extra_message_key', pointerTo(placed.pointer, key), {
      message: `${nameOf(placed)} has the key "${key}", which does not belong there.`,
      expected: [...(keysOfRole[placed.role] ?? [])].join(', '),
      found: placed.message[key],
      fix: { kind: 'remove', label: `Remove “${key}”` },
    });
  }
}

function checkWeight(placed: PlacedMessage, report: Report): void {
  const { message, pointer, role } = placed;
  if (!Object.hasOwn(message, 'weight')) return;
  const at = `${pointer}/weight`;
  if (role !== 'assistant') {
    report('weight_not_allowed', at, {
      message: `${nameOf(placed)} has a weight; only assistant messages can have one.`,
      expected: 'no weight',
      found: message.weight,
      fix: { kind: 'remove', label: 'Remove the weight' },
    });
    return;
  }
  if (message.weight === 0 || message.weight === 1) return;
  const isFixable = [true, false, '0', '1'].some((value) => value === message.weight);
  report('weight_invalid', at, {
    message: `${nameOf(placed)}: the weight must be 0 (skip) or 1 (train).`,
    expected: '0 or 1',
    found: message.weight,
    ...(isFixable ? { fix: { kind: 'weight-to-number', label: 'Make it 0 or 1' } } : {}),
  });
}

function checkName(placed: PlacedMessage, report: Report): void {
  const { message, pointer } = placed;
  if (!Object.hasOwn(message, 'name')) return;
  if (typeof message.name === 'string' && speakerName.test(message.name)) return;
  report('name_invalid', `${pointer}/name`, {
    message: `${nameOf(placed)}: a name has 1 to 64 characters without spaces and < | \\ / >.`,
    expected: 'a short name without spaces',
    found: message.name,
  });
}
