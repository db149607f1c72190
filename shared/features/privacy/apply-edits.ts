import { changedAt, valueAt } from '../datasets/json-pointer.ts';
import type { JsonObject } from '../datasets/read-line.ts';
import { type Edit, editsOfExample, type PackedEdits } from './packed-edits.ts';

/** The transform `privacy.replace`: an example with its places replaced; null when none of them is there any more. */
export function replaceTransform(
  value: JsonObject,
  parameters: unknown,
  { exampleId }: { exampleId: number },
): JsonObject | null {
  const { edits } = parameters as { edits: PackedEdits };
  const own = editsOfExample(edits, exampleId);
  return own.length > 0 ? applyEdits(value, own) : null;
}

/** A copy with every edit made; null when no string is at any of the pointers. Edits of one string do not overlap. */
export function applyEdits(value: JsonObject, edits: readonly Edit[]): JsonObject | null {
  let result: unknown = value;
  for (const [pointer, ofString] of Map.groupBy(edits, (edit) => edit.pointer)) {
    const text = valueAt(result, pointer);
    if (typeof text !== 'string') continue;
    result = changedAt(result, pointer, { set: edited(text, ofString) });
  }
  return result === value ? null : (result as JsonObject);
}

/** Text that was JSON stays JSON: a mask in the place of a bare number gets quotation marks. */
function edited(text: string, edits: readonly Edit[]): string {
  const plain = spliced(text, edits);
  if (!isJson(text) || isJson(plain)) return plain;
  const quoted = spliced(
    text,
    edits.map((edit) => ({ ...edit, text: isBare(text, edit) ? JSON.stringify(edit.text) : edit.text })),
  );
  return isJson(quoted) ? quoted : plain;
}

function isBare(text: string, { start, end }: Edit): boolean {
  return /[[:,\s]$/.test(text.slice(0, start)) && /^[\],}\s]/.test(text.slice(end));
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function spliced(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end > text.length) continue;
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}
