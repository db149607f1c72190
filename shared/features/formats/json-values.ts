import type { JsonObject } from '../datasets/read-line.ts';

/** Whether a value is an object of JSON: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. Unlike Array.isArray, its entries stay unknown. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether a value is a list of objects, at least one. */
export function isObjectList(value: unknown): value is readonly JsonObject[] {
  return isList(value) && value.length > 0 && value.every(isObject);
}

/** Reads JSON of any kind; undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value itself, or what a text of JSON stands for: tables and LLaMA-Factory keep lists as texts. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const start = value.trimStart()[0];
  return start === '[' || start === '{' ? (parseJson(value) ?? value) : value;
}

/** The first of some fields that a row has, under any spelling of upper and lower case. */
export function pick(row: JsonObject, names: readonly string[]): { key: string; value: unknown } | null {
  const keys = Object.keys(row);
  for (const name of names) {
    const key = Object.hasOwn(row, name) ? name : keys.find((one) => one.trim().toLowerCase() === name);
    if (key !== undefined && row[key] !== undefined && row[key] !== null) return { key, value: row[key] };
  }
  return null;
}

/** An object's fields without some. */
export function without(row: JsonObject, keys: Iterable<string>): JsonObject {
  const left = new Set(keys);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !left.has(key)));
}

/** Whether two values of JSON are the same, whatever the order of keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((one, index) => isSameJson(one, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}
