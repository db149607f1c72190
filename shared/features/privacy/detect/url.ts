import type { Found, Recogniser, Verdict } from './recogniser.ts';
import { commonDomains, topLevelDomains } from './top-level-domains.ts';

const schemes =
  'https?|ftps?|sftp|wss?|ssh|git|ldaps?|jdbc:[a-z0-9]{2,20}|mongodb(?:\\+srv)?|postgres(?:ql)?|mysql|mariadb|rediss?|amqps?|mssql|smb|s3|gs';

/** Cuts what ends the sentence, not the address: punctuation, and a closing bracket that was not opened inside. */
function trimmed({ text, start, end }: Found): number {
  let last = end;
  for (; last > start; last -= 1) {
    const char = text[last - 1] ?? '';
    if (/[.,;:!?'"*_~]/.test(char)) continue;
    if (char === ')' && !text.slice(start, last).includes('(')) continue;
    if (char === ']' && !text.slice(start, last).includes('[')) continue;
    break;
  }
  return last;
}

function judgeHost(found: Found): Verdict | null {
  const host = (found.match.groups?.host ?? '').toLowerCase();
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  const isWww = labels[0] === 'www' && labels.length > 2;
  if (isWww && topLevelDomains.has(top)) return { confidence: 'high', end: trimmed(found) };
  const known = labels.length > 2 || found.match[0].includes('/') ? topLevelDomains : commonDomains;
  if (!known.has(top) || labels.every((one) => /^\d+$/.test(one))) return null;
  const [name = ''] = labels.slice(-2);
  // `node.js`-like names, sentence ends without a space (`done.It`), and abbreviations.
  if (
    /[A-Z]/.test(found.match.groups?.host?.split('.').at(-1) ?? '') &&
    found.match.groups?.host !== found.match.groups?.host?.toUpperCase()
  )
    return null;
  if (name.length < 2 && labels.length < 3) return null;
  return { confidence: labels.length > 2 || top.length > 2 ? 'medium' : 'low', end: trimmed(found) };
}

/** Addresses of the web and of services; one that carries a user and password is the gravest. */
export const url: Recogniser = {
  id: 'url',
  patterns: [
    {
      rule: 'url.credentials',
      type: 'URL',
      expression: new RegExp(
        String.raw`(?<![A-Za-z0-9+])(?:${schemes}):\/\/[^\s/:@<>"'\u0000-\u001f]{0,128}:[^\s/@<>"\u0000-\u001f]{1,256}@[^\s<>"'\u0060\u0000-\u001f]{1,1024}`,
        'gi',
      ),
      mayMatch: ({ hasAt, hasColon, text }) => hasAt && hasColon && text.includes('://'),
      judge: (found) => ({ confidence: 'high', end: trimmed(found) }),
    },
    {
      rule: 'url.full',
      type: 'URL',
      expression: new RegExp(
        String.raw`(?<![A-Za-z0-9+])(?:${schemes}):\/\/[^\s<>"\u0060{}|\\^\u0000-\u001f]{2,2048}`,
        'gi',
      ),
      mayMatch: ({ hasColon, text }) => hasColon && text.includes('://'),
      judge: (found) => ({ confidence: 'high', end: trimmed(found) }),
    },
    {
      rule: 'url.host',
      type: 'URL',
      expression:
        /(?<![\w@.\-/\u00c0-\u024f])(?<host>(?:[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f-]{0,61}[A-Za-z0-9\u00c0-\u024f])?\.){1,5}[A-Za-z]{2,12})(?![\w@(\u00c0-\u024f-])(?:\.(?![\w]))?(?:[/?#][^\s<>"`{}|\\^]{0,1024})?/g,
      mayMatch: ({ hasDot, text }) => hasDot && /\.[A-Za-z]/.test(text),
      judge: judgeHost,
    },
  ],
};
