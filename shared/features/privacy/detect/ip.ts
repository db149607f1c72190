import { before, type Found, type Recogniser } from './recogniser.ts';

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

function judgeV4(found: Found): 'high' | 'medium' | 'low' | null {
  const lead = before(found, 24);
  if (
    /(?:\bv|\bver\.?|versions?|release|build|firmware|section|clause|chapter|schema|driver)[ .:]{0,3}$/.test(
      lead,
    )
  )
    return null;
  const octets = found.match[0].split('.').map(Number);
  const [first = 0, second = 0] = octets;
  if (first === 0 || first === 127 || first === 255) return 'low';
  // 1.2.3.4-like numbers are mostly versions or headings.
  return octets.every((one) => one < 20) &&
    !(first === 10 && second < 20 && /ip|host|server|addr/.test(lead)) &&
    !/\bip|addr|host|server|gateway|dns/.test(lead)
    ? 'low'
    : 'high';
}

function judgeV6(found: Found): 'high' | 'medium' | 'low' | null {
  const text = found.match[0];
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = text.split(':').filter((one) => one !== '');
  const v4 = groups.at(-1)?.includes('.') ? 1 : 0;
  const size = groups.length + v4;
  if (groups.some((one, index) => !(v4 && index === groups.length - 1) && !/^[0-9a-f]{1,4}$/i.test(one)))
    return null;
  if (halves.length === 1) return size === 8 ? 'high' : null;
  if (size > 7 || groups.length === 0) return null;
  if (groups.length === 1 && groups[0] === '1') return 'low';
  return /\d/.test(text) && groups.length > 1 ? 'high' : 'low';
}

/** Internet addresses (RFC 791, RFC 4291), and MAC addresses as OTHER. */
export const ip: Recogniser = {
  id: 'ip',
  patterns: [
    {
      rule: 'ip.v4',
      type: 'IP',
      expression: new RegExp(String.raw`(?<![\w.-])(?:${octet}\.){3}${octet}(?![\w]|\.\d|-\d)`, 'g'),
      mayMatch: ({ hasDot, digits }) => hasDot && digits > 3,
      judge: judgeV4,
    },
    {
      rule: 'ip.v6',
      type: 'IP',
      expression:
        /(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:{1,2}|::)(?:[0-9A-Fa-f]{1,4}:{1,2}){0,7}(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:]|\.\d)/g,
      mayMatch: ({ hasColon, text }) => hasColon && /:[0-9A-Fa-f]{0,4}:/.test(text),
      judge: judgeV6,
    },
    {
      rule: 'ip.mac',
      type: 'OTHER',
      expression: /(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])/g,
      mayMatch: ({ longestRun, hasColon }) => hasColon || longestRun >= 17,
      judge: ({ match }) => (/[:-][0-9A-Fa-f]{2}[:-]/.test(match[0]) ? 'medium' : null),
    },
  ],
};
