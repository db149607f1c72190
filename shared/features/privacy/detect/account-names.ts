import { before, type Found, type Recogniser, type Verdict } from './recogniser.ts';

/** What stands behind an `@` in program text and group chats. */
const noHandles = new Set(
  'override param params return returns throws see author since deprecated media import app apply types type test tests testing component injectable input output property staticmethod classmethod dataclass decorator decorators autowired service repository controller entity id here everyone channel all todo example include extend mixin keyframes supports font-face charset namespace page layer container tailwind use forward nullable notnull suppresswarnings before beforeeach after aftereach interface end begin property'.split(
    ' ',
  ),
);

function judgeHandle({ match }: Found): 'low' | null {
  const name = (match.groups?.value ?? '').slice(1).toLowerCase();
  return noHandles.has(name) ? null : 'low';
}

const noNames =
  /^(?:name|names?|id|input|is|was|the|and|or|not|has|have|will|can|must|should|page|story|guide|manual|data|account|field|root|admin|null|none|undefined|true|false|string|login|password|email|value|to|for|with|in|on|at|by|from|of|as|it|that|this|your|my|experience|interface|friendly|profile|error|failed|success(?:ful)?|already|does|cannot|required|taken|available|incorrect|invalid|unknown|missing|wrong|unique|case|empty|too|visible|public|shown|displayed|stored|used|different|what|where|how|still|now|always|never|just|only|an?|optional|mandatory)$/i;

/** After a sign anything is an account's name; after a mere word it must not look like plain language. */
function judgeAccount({ match, start }: Found): Verdict | null {
  const { value = '', sign = '' } = match.groups ?? {};
  const name = value.replace(/[.-]+$/, '');
  if (name.length < 3 || noNames.test(name)) return null;
  const isOdd = /[\d_]|[a-z][.-][a-z]|[a-z][A-Z]|^@/.test(name);
  const isBare = /^(?:user|login|nick|utente|usuario|usuário)[^a-z]/i.test(match[0]);
  const isSaid =
    /^ (?:is|ist|lautet|heißt|est|es|è)/.test(sign) && /^[^ ]*(?:name|handle|usuario)/i.test(match[0]);
  if (!isOdd && (isBare ? !sign.includes('=') : !/[:=]/.test(sign) && !isSaid)) return null;
  return { confidence: isOdd ? 'medium' : 'low', end: start + name.length };
}

/** Names of accounts and addresses of crypto money: what leads to a person without naming one. */
export const accountNames: Recogniser = {
  id: 'account-name',
  patterns: [
    {
      rule: 'account-name.named',
      type: 'OTHER',
      expression:
        /(?<![A-Za-z])(?:user ?-?_?(?:name|id)?|login(?: ?name| ?id)?|log-in|handle|screen ?_?name|nick ?name|nick|account name|gamertag|benutzername|nutzername|usuario|nombre de usuario|(?:nom d'utilisateur|identifiant)|nome utente|utente|gebruikersnaam|usuário|(?:on |my |her |his |their )?(?:instagram|insta|twitter|telegram|discord|skype|tiktok|snapchat|snap|reddit|github|steam|linkedin|facebook|youtube|twitch|mastodon|threads|kik|wechat|venmo|cashapp|psn|xbox))(?:["'])?(?<sign> ?[:=] ?| (?:is|as|was|ist|es|est|è|é|handle|account|name|user|username|profile)(?: is|:)? | )["'`]?(?<value>@?[A-Za-z][A-Za-z0-9._-]{2,39})(?![A-Za-z0-9@/\\(])/dgi,
      mayMatch: ({ text }) =>
        /user|login|log-in|handle|nick|screen|gamertag|benutzer|nutzername|usu|utente|gebruiker|identifiant|insta|twitter|telegram|discord|skype|tiktok|snap|reddit|github|steam|linkedin|facebook|youtube|twitch|mastodon|threads|kik|wechat|venmo|cashapp|psn|xbox/i.test(
          text,
        ),
      judge: judgeAccount,
    },
    {
      rule: 'account-name.handle',
      type: 'OTHER',
      expression: /(?<![\w@./:\\-])(?<value>@[A-Za-z_][A-Za-z0-9_]{2,29})(?![\w@/(]|\.\w|-\w)/dg,
      mayMatch: ({ hasAt }) => hasAt,
      judge: judgeHandle,
    },
    {
      rule: 'device.user-agent',
      type: 'OTHER',
      expression:
        /(?<![A-Za-z])(?:Mozilla|Opera|Dalvik)\/\d{1,2}\.\d{1,3}(?:\.\d{1,4})? \([^()\n]{3,200}\)(?: [A-Za-z]{2,24}\/[\d.]{1,24}(?: \([^()\n]{1,60}\))?){0,8}/g,
      mayMatch: ({ text }) => /Mozilla|Opera|Dalvik/.test(text),
      judge: () => 'low',
    },
    {
      rule: 'location.coordinates',
      type: 'LOCATION',
      expression:
        /(?<![\w.,-])-?\d{1,2}\.\d{3,10}°?(?: ?[NS])?, ?-?\d{1,3}\.\d{3,10}°?(?: ?[EW])?(?![\w]|[.,]\d|, ?-?\d)/g,
      mayMatch: ({ digits, hasDot }) => digits >= 8 && hasDot,
      judge: () => 'low',
    },
    {
      rule: 'crypto.ethereum',
      type: 'OTHER',
      expression: /(?<![\w])0x[0-9a-fA-F]{40}(?!\w)/g,
      mayMatch: ({ longestRun, text }) => longestRun >= 42 && text.includes('0x'),
      judge: () => 'medium',
    },
    {
      rule: 'crypto.bitcoin',
      type: 'OTHER',
      expression:
        /(?<![\w/+=-])(?:bc1[02-9ac-hj-np-z]{25,59}|[13LM][1-9A-HJ-NP-Za-km-z]{25,34})(?![\w/+=-])/g,
      mayMatch: ({ longestRun }) => longestRun >= 26,
      judge(found) {
        if (found.match[0].startsWith('bc1')) return 'medium';
        const isNamed = /bitcoin|btc|wallet|litecoin|ltc|address|crypto|\bsend|donat/.test(before(found, 60));
        const isMixed = /\d/.test(found.match[0].slice(1)) && /[a-z]/.test(found.match[0]);
        return isNamed && isMixed ? 'medium' : null;
      },
    },
  ],
};
