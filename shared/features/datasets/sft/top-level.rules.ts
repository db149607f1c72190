import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { extraKeys, type Report } from './check-context.ts';

const topLevelKeys = new Set(['messages', 'tools', 'parallel_tool_calls', 'functions']);
const preferenceKeys = ['input', 'preferred_output', 'non_preferred_output'];
const completionKeys = ['prompt', 'completion'];

/**
 * Checks the keys beside `messages` (platform reference 2.1) and answers the messages, or null when there is no list
 * of messages that could be checked further.
 */
export function checkTopLevel(example: JsonObject, report: Report): readonly unknown[] | null {
  if (!Object.hasOwn(example, 'messages')) {
    reportMissingMessages(example, report);
    return null;
  }
  for (const key of extraKeys(example, topLevelKeys)) {
    report('extra_key', pointerTo('', key), {
      message: `The key "${key}" is not allowed beside "messages"; the platform refuses the whole file.`,
      expected: 'only messages, tools, parallel_tool_calls and functions',
      found: example[key],
      fix: { kind: 'remove', label: `Remove “${key}”` },
    });
  }
  checkParallelToolCalls(example, report);
  const { messages } = example;
  if (!Array.isArray(messages)) {
    report('messages_not_list', '/messages', {
      message: '"messages" must be a list of messages.',
      expected: 'a list',
      found: messages,
    });
    return null;
  }
  if (messages.length === 0) {
    report('messages_empty', '/messages', {
      message: 'The list of messages is empty, there is nothing to learn.',
      expected: 'at least one message',
      found: messages,
    });
    return null;
  }
  return messages;
}

function reportMissingMessages(example: JsonObject, report: Report): void {
  const keys = Object.keys(example);
  if (preferenceKeys.some((key) => keys.includes(key))) {
    report('wrong_method', '', {
      message: 'This is a preference pair (DPO), supervised fine-tuning needs "messages".',
      expected: 'the key "messages"',
      found: keys,
    });
    return;
  }
  if (completionKeys.every((key) => keys.includes(key))) {
    report('wrong_format', '', {
      message:
        'Pairs of prompt and completion belonged to models that are switched off; chat models need "messages".',
      expected: 'the key "messages"',
      found: keys,
    });
    return;
  }
  report('messages_missing', '', {
    message: 'The key "messages" is missing.',
    expected: 'the key "messages"',
    found: keys,
  });
}

/** Checks `parallel_tool_calls` of the example, or of the part of it at `base`. */
export function checkParallelToolCalls(example: JsonObject, report: Report, base = ''): void {
  if (!Object.hasOwn(example, 'parallel_tool_calls')) return;
  const value = example.parallel_tool_calls;
  if (typeof value !== 'boolean') {
    const isFixable = value === 'true' || value === 'false' || value === 0 || value === 1;
    report('parallel_tool_calls_invalid', `${base}/parallel_tool_calls`, {
      message: '"parallel_tool_calls" must be true or false.',
      expected: 'true or false',
      found: value,
      ...(isFixable ? { fix: { kind: 'to-boolean', label: 'Make it true or false' } } : {}),
    });
  } else if (!Object.hasOwn(example, 'tools')) {
    report('parallel_tool_calls_unused', `${base}/parallel_tool_calls`, {
      message: '"parallel_tool_calls" says nothing without "tools"; the chat API refuses it then.',
      expected: 'tools, or no parallel_tool_calls',
      found: value,
      fix: { kind: 'remove', label: 'Remove “parallel_tool_calls”' },
    });
  }
}
