import canonicalize from 'canonicalize';

/** RFC 8785 form of a JSON value, so that equal values are equal strings. */
export function canonical(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Parses JSON text; `null` when it is none (a parsed null comes back as `{ value: null }`). */
export function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object in a text, or null when it is none. */
export function parseObject(text: string): JsonObject | null {
  const value = parseJson(text)?.value;
  return isObject(value) ? value : null;
}

/** True for what JSON calls an object: no array, no null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
