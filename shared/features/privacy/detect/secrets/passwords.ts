import { before, type Found, type Pattern } from '../recogniser.ts';

const names = String.raw`pass(?:word|wort|wd|phrase|code)?|pwd|passwort|kennwort|contraseñ?a|mot de passe|senha|wachtwoord|hasło|secret(?:[ _-]?(?:key|access[ _-]?key|token))?|client[ _-]?secret|api[ _-]?(?:key|secret|token)|access[ _-]?(?:key|token)|auth(?:entication|orization)?[ _-]?(?:key|token)|refresh[ _-]?token|bearer[ _-]?token|private[ _-]?key|encryption[ _-]?key|signing[ _-]?key|account[ _-]?key|shared[ _-]?key|session[ _-]?(?:token|key|secret)|credentials?|token|passkey|recovery (?:code|phrase)|(?:wi-?fi|wlan) (?:key|code)`;

const probe =
  /pass|PASS|Pass|pwd|PWD|Pwd|ecret|ECRET|oken|OKEN|key|KEY|Key|ennwort|ontrase|senha|Senha|achtwoord|asło|redential|REDENTIAL|mot de passe|(?:recovery|wifi|wi-fi|wlan|WLAN|Wi-Fi|WiFi) code/;

/** Words that stand where a password would stand but are none. */
const placeholder =
  /^(?:x{3,}|\*{3,}|\.{3,}|_+|-+|<.*|\[.*|\{.*|\$.*|%.*|null|none|nil|undefined|true|false|string|str|text|required|optional|example|changeme|redacted|hidden|yes|no|not|is|was|the|a|an|your|my|our|his|her|their|this|that|to|for|and|or|of|in|on|with|must|should|field|input|reset|policy|manager|expired|incorrect|invalid|wrong|forgotten|protected|has|have|will|can|process\.env.*|os\.environ.*|env\..*|self\..*|config\..*|settings\..*|request\..*|req\..*|getpass.*|input\(.*|.*\(\)?;?)$/i;

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function kindsOf(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
}

/** After a sign of assignment nearly anything is a password; after “is” it must look like one. */
function judge(found: Found): { confidence: 'high' | 'medium' | 'low'; end: number } | null {
  const { value = '', sign = '' } = found.match.groups ?? {};
  // In a query or a form body the password ends where the next field begins.
  const field = value.replace(/&[A-Za-z_]{1,24}=.*$/, '');
  const plain = field.replace(/[.,;:!?)'"\]]+$/, '').length < 4 ? field : field.replace(/[.,;:)'"\]]+$/, '');
  if (plain.length < 4 || placeholder.test(plain)) return null;
  const end = found.start + plain.length;
  const kinds = kindsOf(plain);
  const isQuoted = /["'`]$/.test(found.text.slice(found.start - 1, found.start));
  if (/[:=]/.test(sign)) {
    const isWord = /^[a-z]+$/i.test(plain);
    if (isWord && !isQuoted && /^\s+[a-z]+/.test(found.text.slice(end, end + 12))) return null;
    if (/\btokens?$|^keys?$/i.test(found.match[0].split(/[:=]/)[0]?.trim() ?? '') && /^\d+$/.test(plain))
      return null;
    return { confidence: isWord && !isQuoted ? 'medium' : 'high', end };
  }
  if (sign === ' ' && kinds < 3) return null;
  if (kinds >= 3 || (kinds === 2 && /\d/.test(plain)) || (isQuoted && plain.length > 5))
    return { confidence: kinds >= 3 ? 'high' : 'medium', end };
  return null;
}

/** A long mixed token after `key =`, `token:` … that no known service makes. */
function judgeHex(found: Found): 'medium' | 'low' | null {
  const value = found.match.groups?.value ?? '';
  if (entropy(value) < 3) return null;
  const lead = before(found, 40);
  if (/sha\d*|md5|commit|hash|digest|checksum|etag|uuid|guid|revision|integrity|fingerprint/.test(lead))
    return null;
  return /secret|token|key|auth|bearer|passw/.test(lead) ? 'medium' : null;
}

/** Passwords, tokens and keys by the words before them. */
export const passwords: readonly Pattern[] = [
  {
    rule: 'secret.password',
    type: 'SECRET',
    expression: new RegExp(
      String.raw`(?<![A-Za-z])(?:${names})(?:[_-][A-Za-z0-9]{1,20}){0,2}(?: (?:for|of|to|on|zu|für|de|for the) [A-Za-z0-9._ -]{1,30}?)?["'\x60*]{0,3}(?<sign> {0,3}(?::|=>|:=|={1,3}) {0,3}| (?:is|was|ist|war|lautet|est|es|è|é|jest|to)(?: now| still| set to| changed to)?:? | )["'\x60*]{0,3}(?<value>[^\s"'\x60<>{}()\[\],;]{4,128})`,
      'dgi',
    ),
    mayMatch: ({ text }) => probe.test(text),
    judge,
  },
  {
    rule: 'secret.bearer',
    type: 'SECRET',
    expression: /\b(?:bearer|basic) (?<value>[A-Za-z0-9+/_.=-]{16,2048})(?![A-Za-z0-9])/dgi,
    mayMatch: ({ longestRun }) => longestRun >= 16,
    judge: ({ match }) => (kindsOf(match.groups?.value ?? '') >= 2 ? 'high' : null),
  },
  {
    rule: 'secret.aws-secret-key',
    type: 'SECRET',
    expression: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    mayMatch: ({ longestRun, text }) => longestRun >= 40 && /aws/i.test(text),
    judge: (found) =>
      kindsOf(found.match[0]) >= 3 && /\baws[\w .-]{0,32}["' :=]{1,4}$/.test(before(found, 40))
        ? 'high'
        : null,
  },
  {
    rule: 'secret.named-token',
    type: 'SECRET',
    expression:
      /(?<![A-Za-z0-9+/_.=-])(?<value>(?=[A-Za-z_-]{0,40}\d)[A-Za-z0-9_-]{20,200})(?![A-Za-z0-9+/_=-])/dg,
    mayMatch: ({ longestRun, digits }) => longestRun >= 20 && digits > 0,
    judge: judgeHex,
  },
  {
    rule: 'secret.cookie',
    type: 'SECRET',
    expression:
      /\b(?:(?:set-)?cookie: ?[A-Za-z0-9_.-]{1,40}=|(?:phpsessid|jsessionid|asp\.net_sessionid|connect\.sid|session_?id|sessid|sid|session|auth_?cookie|csrf_?token|xsrf-token)["']?[:=] ?["']?)(?<value>[A-Za-z0-9%._~+/-]{12,400})/dgi,
    mayMatch: ({ longestRun, text }) => longestRun >= 12 && /cookie|sess|sid|csrf|xsrf/i.test(text),
    judge: ({ match }) => (/\d/.test(match.groups?.value ?? '') ? 'medium' : null),
  },
  {
    rule: 'secret.command-line',
    type: 'SECRET',
    expression: / -(?:p|a )(?<value>[^\s'"-][^\s'"]{5,60})(?![^\s'"])/dg,
    mayMatch: ({ text }) => / -[pa]/.test(text) && /mysql|mariadb|sshpass|redis-cli/.test(text),
    judge: (found) =>
      /\b(?:mysql|mysqldump|mariadb|sshpass|redis-cli)\b[^\n|;&]*$/.test(before(found, 90)) &&
      kindsOf(found.match.groups?.value ?? '') > 1
        ? 'medium'
        : null,
  },
  {
    rule: 'secret.one-time-code',
    type: 'SECRET',
    expression:
      /\b(?:pin|otp|cvv2?|cvc|tan|verification code|security code|access code|(?:reset|login|activation|unlock|entry|door|gate|alarm|backup|recovery) code|one-time (?:code|password)|2fa code|auth(?:entication)? code)(?: (?:code|number))?(?: (?:is|was|ist)|:|=| -)? {0,2}["']?(?<value>\d{3,8})(?![\w-]|[.,]\d)/dgi,
    mayMatch: ({ digits }) => digits >= 3,
    judge: ({ match }) => (/^(?:19|20)\d\d$/.test(match.groups?.value ?? '') ? null : 'medium'),
  },
];
