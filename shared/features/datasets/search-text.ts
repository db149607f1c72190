/** Scripts written without spaces: each character is indexed as a word, so that any part of a text can be found. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** The text as the full-text index takes it. */
export function toIndexText(text: string): string {
  return text.replace(unspaced, ' $& ');
}

/**
 * What a person typed as an FTS5 query that cannot fail: every word must occur, "quoted words" stay together, the last
 * word may be unfinished. Null when nothing searchable was typed.
 */
export function toFtsQuery(typed: string): string | null {
  const parts: string[] = [];
  const isUnfinished = /[\p{L}\p{N}]$/u.test(typed);
  const terms = [...typed.slice(0, 400).matchAll(/"([^"]*)"?|([^\s"]+)/g)].map((match) => ({
    text: match[1] ?? match[2] ?? '',
    isQuoted: match[1] !== undefined,
  }));
  for (const [index, { text, isQuoted }] of terms.entries()) {
    const words = toIndexText(text.toWellFormed()).replaceAll('"', ' ').replaceAll('\0', ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(words)) continue;
    const isPrefix = isUnfinished && !isQuoted && index === terms.length - 1 && !unspacedEnd(words);
    parts.push(`"${words}"${isPrefix ? '*' : ''}`);
  }
  return parts.length > 0 ? parts.join(' ') : null;
}

function unspacedEnd(words: string): boolean {
  return words.at(-1)?.search(unspaced) === 0;
}
