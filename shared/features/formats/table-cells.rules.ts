/*
 * A spreadsheet runs a cell that begins like a formula. Such cells get an apostrophe in front, and so do cells that
 * look like one that got it, so that the original comes back exactly (OWASP, CSV injection).
 */

const risky = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const guarded = /^''*[=+\-@\t\r\n＝＋－＠]/u;

/** A cell that no spreadsheet takes for a formula. */
export function safeCell(text: string): string {
  return risky.test(text) ? `'${text}` : text;
}

/** The cell as it was before {@link safeCell}. */
export function originalCell(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}

/** One line of a table (RFC 4180), without its line end. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(quoted).join(',');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
