/**
 * The texts of the values under `arguments` in a call, or in a list of calls, that is written as JSON: one for each
 * call, in order and as they stand, spaces included. The text must be valid JSON.
 */
export function rawArguments(json: string): readonly string[] {
  const level = json.trimStart().startsWith('[') ? 2 : 1;
  const found: string[] = [];
  let depth = 0;
  let at = 0;
  while (at < json.length) {
    const char = json[at];
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (char !== '"') {
      at += 1;
      continue;
    }
    const end = stringEnd(json, at);
    const value = depth === level && json.slice(at, end) === '"arguments"' ? valueStart(json, end) : null;
    at = end;
    if (value === null) continue;
    at = valueEnd(json, value);
    found.push(json.slice(value, at).trim());
  }
  return found;
}

/** Where the value of a key begins whose text ends here; null when the text is no key. */
function valueStart(json: string, after: number): number | null {
  let at = after;
  while (/\s/.test(json[at] ?? '')) at += 1;
  return json[at] === ':' ? at + 1 : null;
}

function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Where a value ends: at the comma or bracket that follows it on its own level. */
function valueEnd(json: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const char = json[at];
    if (char === '"') {
      at = stringEnd(json, at);
      continue;
    }
    if (depth === 0 && (char === ',' || char === '}' || char === ']')) return at;
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    at += 1;
  }
  return at;
}
