import { patterns, scanned } from './patterns.ts';

/** How an answer is written. `broken_json` begins like JSON and does not parse. */
export type AnswerFormat =
  | 'json'
  | 'broken_json'
  | 'tool_call'
  | 'label'
  | 'code'
  | 'list'
  | 'text'
  | 'empty';

/** The format of an answer and, of a JSON object, its keys (sorted, joined by commas). */
export type FormatFacts = { readonly format: AnswerFormat; readonly keys: string | null };

const listedKeys = 40;

/** Reads the format off an answer; a code fence around JSON does not count as JSON, since a program cannot parse it. */
export function formatOf(answer: {
  text: string;
  label: string | null;
  calledTool: string | null;
}): FormatFacts {
  const text = answer.text.trim();
  if (text === '') return { format: answer.calledTool === null ? 'empty' : 'tool_call', keys: null };
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return { format: 'json', keys: keysOf(JSON.parse(text)) };
    } catch {
      // `[1] as the manual says …` is a text; what looks like the start of an object or a list of values is not.
      if (/^(?:\{\s*["}]|\[\s*(?:["{[\]]|-?\d+\s*,))/.test(text))
        return { format: 'broken_json', keys: null };
    }
  }
  if (answer.label !== null) return { format: 'label', keys: null };
  if (text.startsWith('```')) return { format: 'code', keys: null };
  const lines = scanned(text).split('\n', 200);
  const listed = lines.filter((line) => /^\s{0,8}(?:[-*•]|\d{1,3}[.)])\s/.test(line)).length;
  if (listed >= 2 && listed * 2 >= lines.length) return { format: 'list', keys: null };
  return { format: (scanned(text).match(patterns.fence)?.length ?? 0) >= 2 ? 'code' : 'text', keys: null };
}

function keysOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.keys(value).toSorted().slice(0, listedKeys).join(',').slice(0, 400).toWellFormed();
}
