import { findJsonProblem, type JsonProblem } from './json-scanner.ts';
import { type Line, maxLineBytes } from './line-splitter.ts';
import { isPlainlySound } from './sound-json.ts';
import { firstInvalidUtf8 } from './utf8.rules.ts';

/** Why a line cannot become an example, by name. */
export type QuarantineCode = JsonProblem['code'] | 'line_too_long' | 'invalid_utf8' | 'not_an_object';

/** An object of JSON; nothing else is known about it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type LineReading =
  | { readonly kind: 'blank' }
  | { readonly kind: 'example'; readonly value: JsonObject; readonly text: string }
  | { readonly kind: 'quarantined'; readonly code: QuarantineCode; readonly message: string };

/** Decodes UTF-8 strictly; null when a byte does not fit. */
export type DecodeUtf8 = (bytes: Uint8Array) => string | null;

/** Turns a line into an object, or says why it must be quarantined. Never throws on any bytes. */
export function readLine(line: Line, decode: DecodeUtf8): LineReading {
  if (line.isTooLong) {
    const message = `The line has ${line.sizeBytes} bytes; at most ${maxLineBytes} (16 MiB) are taken.`;
    return { kind: 'quarantined', code: 'line_too_long', message };
  }
  const text = decode(line.bytes);
  if (text === null) return { kind: 'quarantined', code: 'invalid_utf8', message: utf8Message(line) };
  return readExampleText(text);
}

/** The same for a text, e.g. one that a person has edited. */
export function readExampleText(text: string): LineReading {
  if (/^[ \t\r\n]*$/.test(text)) return { kind: 'blank' };
  const parsed = parseSound(text);
  if (!parsed) return refused(text);
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    const message = `The line is ${found}; an example is a JSON object like {"messages": […]}.`;
    return { kind: 'quarantined', code: 'not_an_object', message };
  }
  return { kind: 'example', value: value as JsonObject, text };
}

/** The value of a text in which nothing is wrong; null when something is. */
function parseSound(text: string): { value: unknown } | null {
  if (!isPlainlySound(text) && findJsonProblem(text)) return null;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function refused(text: string): LineReading {
  const problem = findJsonProblem(text);
  // JSON.parse and the scanner know the same grammar; a property test holds them together.
  if (!problem) return { kind: 'quarantined', code: 'invalid_json', message: 'Not valid JSON.' };
  const message = `${titles[problem.code]} at column ${problem.at + 1}: ${problem.message}.`;
  return { kind: 'quarantined', code: problem.code, message };
}

const titles: Readonly<Record<JsonProblem['code'], string>> = {
  invalid_json: 'Not valid JSON',
  too_deep: 'Nested too deep',
  duplicate_key: 'A key is repeated',
  forbidden_key: 'A key is not allowed',
  lone_surrogate: 'Broken Unicode',
  number_out_of_range: 'A number is too large',
};

function utf8Message(line: Line): string {
  const at = firstInvalidUtf8(line.bytes);
  const byte = (line.bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const isUtf16 = line.byteOffset === 0 && /^(?:255,254|254,255)$/.test(line.bytes.subarray(0, 2).join());
  const hint = isUtf16 ? ' The file looks like UTF-16: save it as UTF-8 first.' : '';
  return `Not valid UTF-8: byte 0x${byte} at byte ${at + 1} of the line.${hint}`;
}
