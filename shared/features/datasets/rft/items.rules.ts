import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report } from '../sft/check-context.ts';

/** The only keys of a reinforcement row that are not fields of its item (platform reference 2.4). */
export const reservedKeys: ReadonlySet<string> = new Set(['messages', 'tools']);

/** What a template can write after `item.`. */
const fieldName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const settings = new Set([
  'parallel_tool_calls',
  'functions',
  'response_format',
  'temperature',
  'max_tokens',
]);

/** The fields of the item: every key but `messages` and `tools`. */
export function itemOf(example: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(example).filter(([key]) => !reservedKeys.has(key)));
}

/** Checks the keys that a grader reads as `item.*`. */
export function checkItems(example: JsonObject, report: Report): void {
  const item = itemOf(example);
  const keys = Object.keys(item);
  if (keys.length === 0) {
    report('item_missing', '', {
      message: 'The row has only messages; a grader that compares with a reference finds none.',
      expected: 'a field such as "reference_answer" beside "messages"',
    });
  }
  for (const key of keys) {
    const value = item[key];
    if (key === 'item' && isObject(value)) {
      const free = Object.keys(value).every((inner) => !Object.hasOwn(example, inner));
      report('item_nested', '/item', {
        message: 'The fields lie inside "item"; a grader would have to ask for {{item.item.…}}.',
        expected: 'the fields beside "messages"',
        found: Object.keys(value),
        ...(free ? { fix: { kind: 'unnest-item', label: 'Move the fields beside “messages”' } } : {}),
      });
    } else if (settings.has(key)) {
      report('item_shadows', pointerTo('', key), {
        message: `"${key}" is no setting here: only messages and tools are reserved, so it becomes {{item.${key}}}.`,
        expected: 'only what a grader needs',
        found: value,
      });
    } else if (!fieldName.test(key)) {
      report('item_name', pointerTo('', key), {
        message: `A template cannot name the field "${key.slice(0, 60)}"; use letters, digits and underscores.`,
        expected: 'a name such as "reference_answer"',
        found: key,
      });
    }
  }
}
