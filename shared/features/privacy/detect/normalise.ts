/*
 * Texts are looked at in a form of equal length, so that places keep their offsets: escapes of JSON inside a text (tool
 * arguments), odd spaces, hyphens and full-width digits become what rules expect.
 */

const odd =
  /[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\u2010-\u2013\u2212\u2019\u02bc\uff01-\uff5e\\]/;
const pieces =
  /\\["/nrt\\]|[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]|[\u2010-\u2013\u2212]|[\u2019\u02bc]|[\uff01-\uff5e]/g;

/** The same text with every unit in its place, easier to match. */
export function normalise(text: string): string {
  return odd.test(text) ? text.replace(pieces, plain) : text;
}

function plain(found: string): string {
  if (found.length === 2)
    return found[1] === 'n' ? ' \n' : found[1] === 'r' || found[1] === 't' ? '  ' : ` ${found[1]}`;
  const code = found.charCodeAt(0);
  if (code >= 0xff01) return code === 0xfeff ? ' ' : String.fromCharCode(code - 0xfee0);
  if ((code >= 0x2010 && code <= 0x2013) || code === 0x2212) return '-';
  return code === 0x2019 || code === 0x2bc ? "'" : ' ';
}
