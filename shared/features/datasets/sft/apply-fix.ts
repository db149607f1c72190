import { changedAt, valueAt } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject } from './check-context.ts';

/** The example with one finding's fix applied; null when the place is gone or the fix does not fit it any more. */
export function applyFix(example: JsonObject, fix: { kind: string; pointer: string }): JsonObject | null {
  const found = valueAt(example, fix.pointer);
  const change = changeFor(fix.kind, found);
  if (change === null) return null;
  const fixed = changedAt(example, fix.pointer, change);
  return isObject(fixed) ? fixed : null;
}

function changeFor(kind: string, found: unknown): { set: unknown } | 'remove' | null {
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
    default:
      return null;
  }
}
