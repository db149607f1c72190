import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report } from './check-context.ts';
import { hiddenCharacters } from './hidden-characters.ts';

const specialToken =
  /<\|(?:im_start|im_end|im_sep|endoftext|startoftext|endofprompt|fim_prefix|fim_middle|fim_suffix|start|end|message|channel|constrain|return|call|refusal|reserved_\d+)\|>/g;
const controlCharacters = /[^\P{Cc}\t\n\r]/u;
const mayHide = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}]/u;

const suspicious =
  /<\||[^\t\n\r -~\u00a0-\uffff]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\udb40-\udb43]/;

/**
 * False when a text holds nothing of what {@link checkTexts} looks for, as nearly every text does: without the `u` flag,
 * one pass finds that out at little cost.
 */
export function isSuspicious(text: string): boolean {
  return suspicious.test(text);
}

/** Checks every text of an example for tokens the platform reserves and for characters nobody can see. */
export function checkTexts(example: JsonObject, report: Report): void {
  checkTextsAt(example.messages, '/messages', report);
  checkTextsAt(example.tools, '/tools', report);
  checkTextsAt(example.functions, '/functions', report);
}

/** The same for any value at `pointer`; pictures are left out. */
export function checkTextsAt(value: unknown, pointer: string, report: Report): void {
  if (value !== undefined) walk(value, { pointer, above: null, step: '' }, report);
}

/** Where a value stands; written out as a pointer only for a finding, which few values have. */
type Place = { readonly pointer: string; readonly above: Place | null; readonly step: string | number };

function pointerOf(place: Place): string {
  return place.above ? pointerTo(pointerOf(place.above), place.step) : place.pointer;
}

function walk(value: unknown, place: Place, report: Report): void {
  if (typeof value === 'string') {
    if (isSuspicious(value)) checkText(value, pointerOf(place), report);
  } else if (typeof value === 'number') checkNumber(value, place, report);
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      walk(value[index], { pointer: '', above: place, step: index }, report);
    }
  } else if (isObject(value)) {
    // The picture's bytes are not text; a URL of megabytes would be searched for nothing.
    if (value.type === 'image_url') return;
    for (const key of Object.keys(value)) walk(value[key], { pointer: '', above: place, step: key }, report);
  }
}

function checkText(text: string, pointer: string, report: Report): void {
  if (text.includes('<|')) checkSpecialTokens(text, pointer, report);
  const [control] = controlCharacters.exec(text) ?? [];
  if (control !== undefined) {
    const at = text.search(controlCharacters);
    report('control_characters', pointer, {
      message: `A control character (${codeOf(control)}) stands at character ${at + 1} of the text.`,
      expected: 'text without control characters',
      found: codeOf(control),
    });
  }
  if (!mayHide.test(text)) return;
  const hidden = hiddenCharacters(text).filter(({ isSuspicious }) => isSuspicious);
  const [first] = hidden;
  if (!first) return;
  const names = [...new Set(hidden.map(({ name }) => name))].slice(0, 4).join(', ');
  report('hidden_characters', pointer, {
    message: `The text holds ${hidden.length} character(s) that cannot be seen (${names}), the first at character ${first.index + 1}.`,
    expected: 'only characters that can be seen',
    found: first.name,
  });
}

function checkSpecialTokens(text: string, pointer: string, report: Report): void {
  const matches = [...text.matchAll(specialToken)];
  const [first] = matches;
  if (!first) return;
  const more = matches.length > 1 ? ` and ${matches.length - 1} more` : '';
  report('special_token', pointer, {
    message: `The text holds ${first[0]} at character ${first.index + 1}${more}; the platform reserves it as a control token.`,
    expected: 'text without control tokens',
    found: first[0],
  });
}

function checkNumber(value: number, place: Place, report: Report): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
  report('unsafe_number', pointerOf(place), {
    message: 'The number is larger than 2^53, so that most programs will round it.',
    expected: 'a smaller number, or the digits as text',
    found: value,
  });
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
