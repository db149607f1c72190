/** What JSON.stringify would have to escape; everything else is written as it is (RFC 8785 3.2.2.2). */
const escaped = /["\\]|[^ -\uffff]/;

/**
 * The RFC 8785 form of a JSON value: keys sorted by UTF-16 units, no spaces, numbers as ECMAScript writes them. Throws
 * for what is not JSON (lone surrogates, NaN, functions). Recursive: for values no deeper than what readLine takes.
 */
export function canonicalText(value: unknown): string {
  return textOf(value, quoted);
}

/**
 * The same for a value that was parsed from `source`, a line that readLine took. Without a backslash in the line no text
 * in it has anything to escape, so that none has to be looked through.
 */
export function canonicalLine(value: unknown, source: string): string {
  return textOf(value, source.includes('\\') ? JSON.stringify : plain);
}

type Quote = (text: string) => string;

function textOf(value: unknown, quote: Quote): string {
  if (typeof value === 'string') return quote(value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return listText(value, quote);
  if (typeof value === 'object') return objectText(value as Readonly<Record<string, unknown>>, quote);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new Error('not a JSON value');
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new Error('not a JSON value: half of a surrogate pair');
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function plain(text: string): string {
  return `"${text}"`;
}

function listText(items: readonly unknown[], quote: Quote): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    text += index === 0 ? textOf(items[index], quote) : `,${textOf(items[index], quote)}`;
  }
  return `${text}]`;
}

function objectText(object: Readonly<Record<string, unknown>>, quote: Quote): string {
  let text = '{';
  for (const key of sortedKeys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text.length === 1 ? '' : ','}${quote(key)}:${textOf(value, quote)}`;
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
