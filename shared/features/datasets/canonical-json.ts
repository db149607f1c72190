/** What JSON.stringify would have to escape; everything else is written as it is (RFC 8785 3.2.2.2). */
const escaped = /["\\]|[^ -\uffff]/;

/**
 * The RFC 8785 form of a JSON value: keys sorted by UTF-16 units, no spaces, numbers as ECMAScript writes them. Throws
 * for what is not JSON (lone surrogates, NaN, functions). Recursive: for values no deeper than what readLine takes.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return listText(value);
  if (typeof value === 'object') return objectText(value as Readonly<Record<string, unknown>>);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new Error('not a JSON value');
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new Error('not a JSON value: half of a surrogate pair');
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function listText(items: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    text += index === 0 ? canonicalText(items[index]) : `,${canonicalText(items[index])}`;
  }
  return `${text}]`;
}

function objectText(object: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text.length === 1 ? '' : ','}${quoted(key)}:${canonicalText(value)}`;
  }
  return `${text}}`;
}

/** The keys of an object, sorted by UTF-16 units. */
export function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  if (keys.length < 2) return keys;
  if (keys.length > 2) return keys.sort();
  const [first = '', second = ''] = keys;
  return first < second ? keys : [second, first];
}
