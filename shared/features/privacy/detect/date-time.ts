import { before, type Found, type Recogniser } from './recogniser.ts';

const months = [
  'jan(?:uary|uar|uari|vier|eiro)?|feb(?:ruary|ruar|ruari|braio|rero)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço|et|ts)?|märz?|maart|mrt|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|ma[iy]o?|maggio|maio|mei|jun[ei]?|juin|junio|junho|giugno|juni|jul[iy]?|juil(?:let)?|julio|julho|luglio|juli|aug(?:ust|ustus)?|ao[uû]t|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?)?|settembre|set(?:embro)?|o[ck]t(?:ober|obre|ubre)?|ottobre|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?|gen(?:naio)?|ene(?:ro)?|januar|sausio|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|ocak|şubat|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря',
].join('|');
const month = `(?:${months})\\.?`;
const weekday =
  '(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\\.?,? (?:den |the )?)';
const day = '(?:0?[1-9]|[12][0-9]|3[01])';
const year = '(?:(?:18|19|20)[0-9]{2})';
const clock = '(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?';
const zone = '(?: ?(?:[ap]\\.?m\\b\\.?|Z\\b|UTC|GMT|CES?T|EST|PST|[+-][0-9]{2}:?[0-9]{2}))';
/** The time that belongs to a date: after a `T` or one space; behind a comma or “at” it is a find of its own. */
const time = `(?:[T ]${clock}${zone}{0,2}(?: Uhr)?)`;

const birth =
  /birth|born|\bdob\b|b-?day|geb(?:oren|\.|urts)|naissance|\bnée?\b|nacimiento|nacid|nascit|nasc|geboren|urodz|född|fødselsdato|d\.o\.b/;

function judgeDate(found: Found): 'high' | 'medium' {
  return birth.test(before(found, 40)) ? 'high' : 'medium';
}

/** A number like a date is none after words of versions, parts and chapters, or where month and day cannot be. */
function judgeNumeric(found: Found): 'high' | 'medium' | 'low' | null {
  const parts = found.match[0].split(/[^\d]+/).map(Number);
  const [a = 0, b = 0, c = 0] = parts;
  const [monthLike, dayLike] = a > 31 ? [b, c] : [a, b];
  if (Math.min(monthLike, dayLike) > 12 || Math.max(monthLike, dayLike) > 31 || monthLike * dayLike === 0)
    return null;
  if (/(?:\bv|version|release|build|ratio|section|chapter|§|score)[ .:]{0,2}$/.test(before(found, 14)))
    return null;
  if (birth.test(before(found, 40))) return 'high';
  return c > 999 || a > 999 ? 'medium' : 'low';
}

/** A time of day; none after words of ratios and scores, nor in chapter and verse. */
function judgeClock(found: Found): 'low' | null {
  const lead = before(found, 16);
  if (
    /(?:ratio|scale|aspect|score[sd]?|odds|verse|chapter|line|won|lost|beat|psalm)(?: (?:of|by|is|was))?[ :]{0,2}$/.test(
      lead,
    )
  )
    return null;
  const isVerse =
    /^\d:/.test(found.match[0]) &&
    /\b[A-Z][a-z]+ $/.test(found.text.slice(Math.max(0, found.start - 16), found.start));
  return isVerse && !/\b(?:at|from|until|till|by|before|after|mon|tue|wed|thu|fri|sat|sun)\w* $/i.test(lead)
    ? null
    : 'low';
}

/** Dates, with the time of day where it follows; a date of birth is the surest. */
export const dateTime: Recogniser = {
  id: 'date-time',
  patterns: [
    {
      rule: 'date-time.iso',
      type: 'DATE_TIME',
      expression: new RegExp(
        `(?<![\\w./-])${year}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:${time})?(?![\\w-]|:\\d|\\.\\d)`,
        'gi',
      ),
      mayMatch: ({ digits }) => digits >= 8,
      judge: judgeDate,
    },
    {
      rule: 'date-time.numeric',
      type: 'DATE_TIME',
      expression: new RegExp(
        `(?<![\\w./-])(?:[0-9]{1,2}([./-])[0-9]{1,2}\\1(?:${year}|[0-9]{2})|${year}([./])[0-9]{1,2}\\2[0-9]{1,2})(?:${time})?(?![\\w/=+*-]|\\.\\d|:\\d| ?[=+*×])`,
        'gi',
      ),
      mayMatch: ({ digits }) => digits >= 4,
      judge: judgeNumeric,
    },
    {
      rule: 'date-time.day-month',
      type: 'DATE_TIME',
      expression: new RegExp(
        `(?<![\\w.-])${weekday}?(?:${day}(?:st|nd|rd|th|er|º|\\.)? ?(?:of |de |-|/)?)${month}(?:(?:,? |-|/| de | del )${year}|[ -][0-9]{2}(?!\\d))?(?:${time})?(?![\\w-]|\\.\\w)`,
        'gi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: (found) =>
        /\d{4}|\d-?\d\d$/.test(found.match[0])
          ? judgeDate(found)
          : // `3 out of`, `2 set`, `1 may`: words that are months somewhere.
            /\d ?(?:out|set|ago|may|mar|dec|gen|mai)$/.test(found.match[0])
            ? null
            : 'low',
    },
    {
      rule: 'date-time.month-day',
      type: 'DATE_TIME',
      expression: new RegExp(
        `(?<![\\w.-])${weekday}?${month} ${day}(?:st|nd|rd|th)?(?!\\d|[.:-]\\d)(?:,? ${year}(?!\\d))?(?:${time}(?: ${year})?)?(?![\\w-])`,
        'gi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: (found) =>
        /[a-z]{2,}/i.test(found.match[0]) && !/^(?:out|set|[agmn][a-z]{2,3}) \d/.test(found.match[0])
          ? /\d{4}/.test(found.match[0])
            ? judgeDate(found)
            : 'low'
          : null,
    },
    {
      rule: 'date-time.month-year',
      type: 'DATE_TIME',
      expression: new RegExp(`(?<![\\w.-])${month},? ${year}(?![\\w-])`, 'gi'),
      mayMatch: ({ digits }) => digits >= 4,
      judge: () => 'low',
    },
    {
      rule: 'date-time.east-asian',
      type: 'DATE_TIME',
      expression: /(?<!\d)(?:19|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?/g,
      mayMatch: ({ digits, text }) => digits >= 5 && text.includes('年'),
      judge: judgeDate,
    },
    {
      rule: 'date-time.year',
      type: 'DATE_TIME',
      expression:
        /\b(?:in|since|during|until|till|before|after|circa|from|by|early|late|mid|year|Act of|founded|established|est\.|summer|winter|spring|autumn|fall)(?: of| the| about| in)?[ -](?<value>(?:1[1-9]|20)\d{2}s?)(?![\w/:%]|[-.,]\d| ?(?:%|words|items|rows|lines|users|people|tokens|characters|bytes|pages|steps|points|units?|dollars?|euros?|pounds|miles|met(?:er|re)s|times|hours|days|calories|km|kg|mm|ml|mb|gb|px|hz)(?!\w))/dgi,
      mayMatch: ({ digits }) => digits >= 4,
      judge: () => 'low',
    },
    {
      rule: 'date-time.weekday',
      type: 'DATE_TIME',
      expression:
        /\bon (?<value>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?= (?:morning|afternoon|evening|night)\b)/dgi,
      mayMatch: ({ text }) => text.includes('day '),
      judge: () => 'low',
    },
    {
      rule: 'date-time.clock',
      type: 'DATE_TIME',
      expression:
        /(?<![\w:.])(?:1[0-2]|0?[1-9])(?::[0-5][0-9]){0,2} ?(?:[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b)/g,
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'low',
    },
    {
      rule: 'date-time.clock-24',
      type: 'DATE_TIME',
      expression: new RegExp(
        `(?<![\\w:.,/-]|[0-9] )${clock}(?: ?(?:Uhr|hrs?|h|UTC|GMT|CES?T|EST|PST)\\b)?(?![\\w:%]|[.,-][0-9])`,
        'g',
      ),
      mayMatch: ({ digits, hasColon }) => digits >= 3 && hasColon,
      judge: judgeClock,
    },
    {
      rule: 'date-time.card-expiry',
      type: 'DATE_TIME',
      expression:
        /\b(?:exp(?:ir(?:y|es|ing|ation|ed))?|valid (?:thru|through|until|till)|good thru|gültig bis)(?: ?date| ?on| ?in| ?at)?[ .:]{1,3}(?<value>(?:0?[1-9]|1[0-2])[/-](?:20)?[2-4][0-9])(?![\w/-])/dgi,
      mayMatch: ({ digits }) => digits >= 3,
      judge: () => 'medium',
    },
    {
      rule: 'date-time.day-and-month',
      type: 'DATE_TIME',
      expression:
        /\b(?:on|by|before|until|since|from|due|dated?|b-?day(?: is)?|birthday(?: is)?|am|vom|bis|le|el|il)(?: the)?:? (?<value>(?:0?[1-9]|[12][0-9]|3[01])[/.](?:0?[1-9]|1[0-2])(?:\.(?= ?\p{Ll})|(?![\w.,/%-])))/dgu,
      mayMatch: ({ digits }) => digits >= 2,
      judge: ({ match }) => (/\d\.\d+$/.test(match[0]) ? null : 'low'),
    },
    {
      rule: 'date-time.year-foreign',
      type: 'DATE_TIME',
      expression:
        /\b(?:im jahre?|seit|depuis|desde|dal|nel|en|em|sinds|od|since|année|año|anno)(?: (?:el|l'an|le|the|das))? (?<value>(?:18|19|20)\d{2})(?![\w/:%€$]|[-.,]\d| ?(?:%|€|euros?))/dgi,
      mayMatch: ({ digits }) => digits >= 4,
      judge: () => 'low',
    },
    {
      rule: 'date-time.year-bracketed',
      type: 'DATE_TIME',
      expression: /(?<=\p{L}{2}[.,]? \()(?<value>(?:18|19|20)\d{2})(?=[a-z]?\))/dgu,
      mayMatch: ({ digits, text }) => digits >= 4 && text.includes('('),
      judge: () => 'low',
    },
    {
      rule: 'date-time.years',
      type: 'DATE_TIME',
      expression:
        /\b(?:between|from|von|de|entre|zwischen) (?:18|19|20)\d{2} (?:and|to|until|und|bis|et|y|à|a) (?<value>(?:18|19|20)\d{2})(?![\w/:%]|[-.,]\d)/dgi,
      mayMatch: ({ digits }) => digits >= 8,
      judge: () => 'low',
    },
    {
      rule: 'date-time.years-first',
      type: 'DATE_TIME',
      expression:
        /\b(?:between|de|entre|zwischen|von) (?<value>(?:18|19|20)\d{2})(?= (?:and|to|und|bis|et|y|à|a) (?:18|19|20)\d{2}(?!\d))/dgi,
      mayMatch: ({ digits }) => digits >= 8,
      judge: () => 'low',
    },
    {
      rule: 'date-time.birth-year',
      type: 'DATE_TIME',
      expression:
        /(?:\bborn (?:in |on )|\bgeboren |\bnée? en |\bnacid[oa] en )(?<value>(?:18|19|20)\d{2})(?![\w-])/dgi,
      mayMatch: ({ digits }) => digits >= 4,
      judge: () => 'medium',
    },
  ],
};
