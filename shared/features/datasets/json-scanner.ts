/** Deepest nesting of objects and lists that is taken; more is an attack or an accident (security reference 4.1). */
export const maxJsonDepth = 64;

/** Why a text is refused before JSON.parse sees it; `at` is the UTF-16 index of the place. */
export type JsonProblem = {
  readonly code:
    | 'invalid_json'
    | 'too_deep'
    | 'duplicate_key'
    | 'forbidden_key'
    | 'lone_surrogate'
    | 'number_out_of_range';
  readonly at: number;
  readonly message: string;
};

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const manyKeys = 16;

/**
 * Reads a whole text as strict JSON (RFC 8259) without building anything. Null when JSON.parse will accept it and no
 * information gets lost: no duplicate or prototype keys, no lone surrogates, no number beyond a double, depth ≤ 64.
 */
export function findJsonProblem(text: string): JsonProblem | null {
  if (!text.isWellFormed()) {
    return { code: 'lone_surrogate', at: firstLoneSurrogate(text), message: 'half of a surrogate pair' };
  }
  try {
    new Scanner(text).document();
    return null;
  } catch (error) {
    if (error instanceof Found) return error.problem;
    throw error;
  }
}

/** Carries a problem out of the recursion; depth is bounded, so is the stack. */
class Found extends Error {
  readonly problem: JsonProblem;
  constructor(problem: JsonProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

function firstLoneSurrogate(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return at;
    at += 1;
  }
  return 0;
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('there is more after the end of the value');
  }

  #fail(message: string, code: JsonProblem['code'] = 'invalid_json', at = this.#at): never {
    throw new Found({ code, at, message });
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #value(depth: number): void {
    this.#space();
    const char = this.#text[this.#at];
    if (char === '"') this.#string();
    else if (char === '{') this.#object(depth + 1);
    else if (char === '[') this.#list(depth + 1);
    else if (char === 't') this.#word('true');
    else if (char === 'f') this.#word('false');
    else if (char === 'n') this.#word('null');
    else this.#number();
  }

  #word(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) this.#unexpected('a value');
    this.#at += word.length;
  }

  #unexpected(wanted: string): never {
    const point = this.#text.codePointAt(this.#at);
    this.#fail(
      point === undefined
        ? `the text ends where ${wanted} should be`
        : `${named(point)} where ${wanted} should be`,
    );
  }

  #number(): void {
    numberPattern.lastIndex = this.#at;
    const [digits] = numberPattern.exec(this.#text) ?? [];
    if (digits === undefined) this.#unexpected('a value');
    if (digits.length > 15 && !Number.isFinite(Number(digits))) this.#tooLarge(digits);
    if (/[eE]/.test(digits) && !Number.isFinite(Number(digits))) this.#tooLarge(digits);
    this.#at += digits.length;
  }

  #tooLarge(digits: string): never {
    this.#fail(`the number ${digits.slice(0, 24)} is larger than a double can hold`, 'number_out_of_range');
  }

  #enter(depth: number): void {
    if (depth > maxJsonDepth) this.#fail(`nested deeper than ${maxJsonDepth} levels`, 'too_deep');
    this.#at += 1;
    this.#space();
  }

  #list(depth: number): void {
    this.#enter(depth);
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return;
    }
    for (;;) {
      this.#value(depth);
      this.#space();
      const char = this.#text[this.#at];
      if (char !== ',' && char !== ']') this.#unexpected('a comma or ]');
      this.#at += 1;
      if (char === ']') return;
    }
  }

  #object(depth: number): void {
    this.#enter(depth);
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return;
    }
    const keys = new KeySet();
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#unexpected('a key in double quotes');
      this.#key(keys);
      this.#space();
      if (this.#text[this.#at] !== ':') this.#unexpected('a colon');
      this.#at += 1;
      this.#value(depth);
      this.#space();
      const char = this.#text[this.#at];
      if (char !== ',' && char !== '}') this.#unexpected('a comma or }');
      this.#at += 1;
      if (char === '}') return;
    }
  }

  #key(keys: KeySet): void {
    const start = this.#at;
    this.#string();
    const raw = this.#text.slice(start + 1, this.#at - 1);
    // The scan above has checked the escapes, so that this parse cannot fail.
    const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    if (forbiddenKeys.has(key)) {
      this.#fail(`the key "${key}" can change how a program reads the rest`, 'forbidden_key', start);
    }
    const first = keys.add(key, start);
    if (first !== null) {
      const shown = JSON.stringify(key.slice(0, 60));
      this.#fail(`the key ${shown} is there twice, first at column ${first + 1}`, 'duplicate_key', start);
    }
  }

  #string(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) at = this.#escape(at);
      else if (code >= 0x20) at += 1;
      else if (Number.isNaN(code)) this.#fail('a text in quotes does not end', 'invalid_json', start);
      else this.#fail(`${named(code)} must be escaped inside a text`, 'invalid_json', at);
    }
    this.#at = at + 1;
  }

  #escape(at: number): number {
    const char = this.#text[at + 1] ?? '';
    if (char === 'u') return this.#unicodeEscape(at);
    if (char === '' || !'"\\/bfnrt'.includes(char)) {
      this.#fail(`\\${char} is not an escape JSON knows`, 'invalid_json', at);
    }
    return at + 2;
  }

  #unicodeEscape(at: number): number {
    const unit = hexUnit(this.#text, at);
    if (unit === null) this.#fail('\\u needs four hexadecimal digits', 'invalid_json', at);
    if (unit < 0xd800 || unit > 0xdfff) return at + 6;
    const next = hexUnit(this.#text, at + 6);
    const isPair = unit <= 0xdbff && next !== null && next >= 0xdc00 && next <= 0xdfff;
    if (!isPair) this.#fail(`\\u${unit.toString(16)} is half of a surrogate pair`, 'lone_surrogate', at);
    return at + 12;
  }
}

/** The code unit of a `\uXXXX` escape at this place, or null. */
function hexUnit(text: string, at: number): number | null {
  const found = /^\\u([0-9a-fA-F]{4})$/.exec(text.slice(at, at + 6));
  return found?.[1] === undefined ? null : Number.parseInt(found[1], 16);
}

function named(point: number): string {
  const isShown = point > 0x20 && point !== 0x7f && point < 0x300;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return isShown ? `“${String.fromCodePoint(point)}”` : `character ${code}`;
}

/** Keys of one object with their places; most objects have few, where a list beats a map. */
class KeySet {
  readonly #keys: string[] = [];
  readonly #places: number[] = [];
  #map: Map<string, number> | null = null;

  /** Place of the same key seen before, or null. */
  add(key: string, at: number): number | null {
    const index = this.#map ? this.#map.get(key) : this.#keys.indexOf(key);
    if (index !== undefined && index >= 0) return this.#places[index] ?? 0;
    this.#map?.set(key, this.#keys.length);
    this.#keys.push(key);
    this.#places.push(at);
    if (!this.#map && this.#keys.length > manyKeys) {
      this.#map = new Map(this.#keys.map((one, place) => [one, place]));
    }
    return null;
  }
}
