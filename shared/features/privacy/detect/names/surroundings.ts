const longestWord = 14;

/**
 * The word before a place in lower case, past spaces, quotes, commas and signs: `hello` in “Hello, Anna”. Expressions that
 * look back begin with it, because most places have no such word and need not be tried.
 */
export function wordBefore(text: string, start: number): string {
  let end = start;
  const least = Math.max(0, start - 6);
  while (end > least && /[\s,:=."'?>]/.test(text.charAt(end - 1))) end -= 1;
  let from = end;
  const first = Math.max(0, end - longestWord);
  while (from > first && isWordUnit(text.charCodeAt(from - 1))) from -= 1;
  return text.slice(from, end).toLowerCase();
}

/** Letters (all beyond ASCII count) and the apostrophe. */
function isWordUnit(code: number): boolean {
  return (code > 0x60 && code < 0x7b) || (code > 0x40 && code < 0x5b) || code === 0x27 || code > 0x7f;
}

/**
 * True when a sentence goes on in small letters (or signs) after a place, so that something may be told about it there.
 * Looks at three units, where expressions would look at a hundred.
 */
export function goesOnSmall(text: string, end: number): boolean {
  let at = end;
  while (at < end + 2 && isGap(text.charCodeAt(at))) at += 1;
  if (at === end) return "'’)-".includes(text.charAt(at) || 'x');
  const code = text.charCodeAt(at);
  return !(code >= 0x41 && code <= 0x5a) && code !== 0x0a && !Number.isNaN(code);
}

function isGap(code: number): boolean {
  return code === 0x20 || code === 0x2c;
}
