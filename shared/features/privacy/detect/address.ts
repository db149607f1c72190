import type { Detection } from '../privacy.model.ts';
import { extendAddress } from './address-parts.ts';
import { folded, type Gazetteer } from './names/gazetteer.ts';
import { openers } from './names/vocabulary.ts';
import type { TextFacts } from './text-facts.ts';

const englishPlain = 'street|avenue|ave|road|boulevard|blvd|lane|highway|hwy|parkway|pkwy';
const english =
  'embankment|expressway|extensions|throughway|trafficway|boulevard|crossroad|esplanade|extension|junctions|mountains|stravenue|underpass|broadway|causeway|crescent|crossing|junction|motorway|mountain|overlook|overpass|parkways|turnpike|villages|centers|circles|corners|estates|freeway|gardens|gateway|harbors|harbour|heights|highway|islands|landing|meadows|mission|orchard|paddock|parkway|passage|pasture|prairie|springs|squares|station|streets|terrace|valleys|viaduct|village|avenue|branch|bridge|brooks|bypass|canyon|center|circle|cliffs|common|corner|course|courts|divide|drives|estate|fields|forest|forges|garden|greens|groves|harbor|hollow|island|knolls|lights|manors|meadow|parade|plains|plazas|points|radial|rapids|ridges|shoals|shores|skyway|spring|square|stream|street|summit|tunnel|unions|valley|alley|bluff|brook|burgs|cliff|close|copse|court|coves|creek|crest|croft|curve|drive|drove|falls|ferry|field|flats|fords|forge|forks|garth|glens|green|grove|haven|hills|inlet|knoll|lakes|light|locks|lodge|manor|mills|mount|parks|pines|place|plain|plaza|point|ports|ranch|rapid|ridge|river|roads|route|shoal|shore|spurs|trace|track|trail|union|views|ville|vista|walks|wells|wharf|woods|bend|blvd|burg|camp|cape|club|cove|cres|dale|expy|fall|flat|fold|ford|fork|fort|gate|gdns|glen|hill|isle|keys|lake|land|lane|loaf|lock|loop|mall|mews|mill|neck|oval|park|pass|path|pike|pine|pkwy|port|quay|ramp|rest|rise|road|spur|tpke|vale|view|walk|wall|ways|well|wood|wynd|yard|ave|cir|dam|drv|end|hey|hwy|key|pky|plz|row|rue|run|ter|trl|via|way|av|ct|dr|ln|pl|rd|sq|st';
/** Kinds of streets as quickly typed, without those that are plain words too often. */
const small =
  'street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|terrace|highway|hwy|parkway|pkwy|crescent|court|ct';
/** Words that stand between a number and a street without naming it: `5 minutes down the road`. */
const noStreet =
  /\b(?:the|an?|of|on|in|at|to|by|for|from|with|and|or|is|are|was|my|your|our|his|her|their|this|that|each|every|one|no|more|down|up|across|along|off|per|people|persons|men|women|kids|children|cars?|trees|houses?|homes|shops?|stores?|pubs?|bars?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|times|miles?|km|meters?|metres?|feet|ft|yards?|blocks?|degrees|percent|dollars|euros|pounds|bucks|usd|eur|lanes?|side|long|wide|busy|narrow|quiet|different|other|new|old|main roads|hard|google|disk|flash|pen|usb|supreme|high court|tennis|food|basketball|gb|tb|mb|gig|am|pm|way|ways)\b/;

/** What follows “am” and “im” with a number and is no house. */
const noHouse =
  / (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahr|Jahre|Kapitel|Abschnitt|Absatz|Artikel|Alter|Schnitt|Durchschnitt|Beispiel|Preis|Wert|Teil|Spiel|Tag|Platz|Zimmer|Raum|Stock|Gruppe|Klasse|Version|Tabelle|Abbildung|Seite|Zeile|Schritt|Stufe)\b/;

const suffixed =
  'stra(?:ss|ß)e|str\\.?|weg|gasse|platz|allee|ring|damm|ufer|steig|stieg|chaussee|promenade|graben|markt|hof|berg|tal|straat|laan|plein|gracht|kade|singel|dijk|steenweg|dreef|gatan|gata|gaten|vägen|vagen|veien|vegen|vej|gade|alle|stræde|torv|plads|gränd|stigen|katu|tie|kuja|polku|utca|tér|út|u\\.|körút|sokak|caddesi|ulice|ulica|náměstí|vei';
const prefixed =
  'rue|avenue|av\\.?|boulevard|bd\\.?|place|pl\\.?|chemin|impasse|allée|allee|quai|cours|route|square|faubourg|passage|via|viale|piazza|piazzale|corso|largo|vicolo|strada|contrada|calle|c\\/|avenida|avda\\.?|plaza|paseo|ronda|carrera|camino|carretera|travesía|rua|praça|travessa|estrada|alameda|rodovia|ul\\.|ulica|al\\.|os\\.|pl\\.|ulitsa|bulevardul|strada|str\\.|calea|šetalište|trg|jalan|jl\\.';

const word = "\\p{Lu}[\\p{L}\\p{M}'.-]{0,24}";
const direction =
  '(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\\.? )';
const number = '\\d{1,6}(?:[A-Za-z](?![\\p{L}]))?(?:[-/]\\d{1,4}[A-Za-z]?(?![\\p{L}]))?';

const crossing =
  "(?:ul\\. |[Ss]t\\. )?\\p{Lu}[\\p{L}\\p{M}'-]{1,24}(?: \\p{Lu}[\\p{L}\\p{M}'-]{1,24}| \\d{1,4}(?!\\w)){0,3}";
/** What is said before where somebody lives or something is sent. */
const leads =
  /(?:address|live[sd]?\b|living|located|resid|deliver|sen[dt]\b|mail|ship|mov(?:e|ed|ing)\b|drops?\b|arrive|office|wohn|adresse|direcci|indirizzo|endere)/i;

/** Where an address may begin: a street with its number, a post office box, a post code with its sign. */
export const addressExpressions: readonly {
  rule: string;
  expression: RegExp;
  confidence: 'high' | 'medium' | 'low';
}[] = [
  {
    rule: 'address.english',
    expression: new RegExp(
      `(?<![\\w#$€£.,/-])(?:${number} )?${number},? ${direction}?(?:(?:\\d{1,3}(?:st|nd|rd|th)|${word}) ){1,4}(?:${capital(english)}|${englishPlain})\\b\\.?(?: ${direction.replace(' )', '(?![\\w]))')})?`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.english-small',
    expression: new RegExp(
      `(?<![\\w#$€£.,/-])${number},? (?:(?:n|s|e|w|north|south|east|west)\\.? )?(?:(?:\\d{1,3}(?:st|nd|rd|th)|[a-z][a-z'.]{1,18}) ){1,3}(?:${small})(?![\\w'-])\\.?`,
      'g',
    ),
    confidence: 'low',
  },
  {
    rule: 'address.german-small',
    expression:
      /(?<![\p{L}\d-])\p{Ll}[\p{Ll}-]{2,24}(?:stra(?:ss|ß)e|str\.|gasse|allee) \d{1,4}[a-z]?(?![\w]|[.,]\d)/gu,
    confidence: 'low',
  },
  {
    rule: 'address.suffixed',
    expression: new RegExp(
      `(?<![\\p{L}\\d])(?:${number} ){0,2}(?:${word} ){0,3}[\\p{Lu}][\\p{L}\\p{M}.-]{0,30}(?:[- ]?(?:${caseless(suffixed)})) ${number}(?![\\d.,:%]\\d|[\\w])`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.prefixed',
    expression: new RegExp(
      `(?<![\\p{L}\\d])(?:(?:${number} )?${number}(?: ?(?:bis|ter|quater))?,? (?:${caseless(prefixed)}) (?:(?:de|du|des|de la|de l'|d'|la|le|les|della|del|dei|di|dos|das|da|do|von|van|y|e|et)(?: |(?<=''''))){0,3}(?:[\\p{Lu}\\d][\\p{L}\\p{M}\\d'.-]{0,24}(?: (?:(?:de|du|des|la|le|les|della|del|di|da|do|dos|y|e|et|sur) ){0,2}(?=\\p{Lu}))?){1,4}(?: ${number})?|(?:${caseless(prefixed)}) (?:(?:de|du|des|de la|de l'|d'|la|le|les|della|del|dei|di|dos|das|da|do|von|van|y|e|et)(?: |(?<=''''))){0,3}(?:[\\p{Lu}\\d][\\p{L}\\p{M}\\d'.-]{0,24} (?:(?:de|du|des|la|le|les|della|del|di|da|do|dos|y|e|et|sur) ){0,2}){1,4}?(?:n[º°.] ?|no\\.? ?)?${number}|(?:${caseless(prefixed)}) (?:(?:de|du|des|de la|della|del|dei|di|dos|das|da|do|la|las|los) ){0,2}(?:[\\p{Lu}][\\p{L}\\p{M}'.-]{0,24} ?){1,4}, ?(?:n[º°.] ?)?${number})(?![\\w]|[.,:]\\d)`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.numbered-word',
    expression: new RegExp(
      `(?<![\\w#$€£.,/-])${number} \\p{Lu}[\\p{L}\\p{M}]{2,24}(?:${caseless(suffixed)})(?: \\d{1,4}[A-Za-z]?)?(?![\\w])`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.german-at',
    expression:
      /(?<![\p{L}\d-])(?:Am|Im|An der|An den|Auf dem|Auf der|Zum|Zur|In der|In den|Beim|Hinter der|Unter den|Alter|Alte|Neuer|Neue) \p{Lu}\p{Ll}{3,20}(?:[ -]\p{Lu}\p{Ll}{2,20})? \d{1,3}[a-z]?(?![\w]|[.,:]\d|\. \p{Lu}| (?:Uhr|Prozent|%|€|Euro|Jahre|Tage|Minuten|Stunden))/gu,
    confidence: 'low',
  },
  {
    rule: 'address.unit',
    expression: /(?<![\p{L}\d])(?:Apt|Apartment|Suite|Ste)\.? ?#? ?\d{1,5}[A-Za-z]?(?![\w]|[.,]\d)/gu,
    confidence: 'low',
  },
  {
    rule: 'address.street-named',
    expression: new RegExp(
      `(?<![\\p{L}\\d'-])(?:${word} ){0,2}(?:\\p{Lu}\\p{Ll}[\\p{L}']{1,20}|\\d{1,3}(?:st|nd|rd|th)) (?:Street|Avenue|Ave|Road|Lane|Drive|Boulevard|Blvd|Crescent|Terrace|Parkway|Crossroad)(?![\\p{L}\\d'-])`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.box',
    expression:
      /(?<![\p{L}\d])(?:P\.? ?O\.? ?Box|Post Office Box|Postfach|PMB|Apartado(?: de Correos)?|Casella Postale|C\.P\.|Caixa Postal|Postbus|Boîte Postale|B\.?P\.?|PSC|Private Bag|Locked Bag|GPO Box|CMR|Unit) ?(?:#|n[o°]\.? )?\d[\d ]{0,7}\d?(?:[, ]{1,2}(?:Box|Ben) \d{1,6})?(?![\w])/giu,
    confidence: 'medium',
  },
  {
    rule: 'address.corner',
    expression: new RegExp(
      `(?:[Tt]he )?(?:[Cc]orner|[Ii]ntersection) of (?:${crossing}) (?:and|&) (?:${crossing})`,
      'gu',
    ),
    confidence: 'medium',
  },
  {
    rule: 'address.military',
    expression:
      /(?<![\p{L}\d])(?:(?:(?:USNS|USS|USCGC|USNV) \p{Lu}[\p{L}'.-]{1,24}(?: \p{Lu}[\p{L}'.-]{1,24}){0,2}|(?:PSC|Unit|CMR) \d{1,6},? Box \d{1,6}),?[ \n]{1,3})?(?:APO|FPO|DPO),? A[AEP],? \d{5}(?:-\d{4})?(?![\w-])/gu,
    confidence: 'high',
  },
  {
    rule: 'address.numbered-name',
    expression: new RegExp(
      `(?<![\\w#$€£.,/-])\\d{1,5} ${direction}?(?:${word} ){1,3}${number}(?![\\d.,:%]\\d|[\\w%])(?: St\\b)?`,
      'gu',
    ),
    confidence: 'low',
  },
  {
    rule: 'address.post-code-named',
    expression:
      /\b(?:zip(?: ?code)?|post(?:al)? ?code|postcode|plz|postleitzahl|code postal|c[óo]digo postal|cap|cep|postnummer|pin ?code)(?: (?:is|was|of|ist)|:|=)? {0,2}(?<value>\d{5}-\d{3,4}|\d{3} ?\d{2,3}|\d{3,6}(?: ?[A-Z]{2})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\w]|[.,]\d)/dgi,
    confidence: 'medium',
  },
  {
    rule: 'address.post-code-shape',
    expression:
      /(?<![\w-])(?:(?:[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9])(?![\w-])/g,
    confidence: 'medium',
  },
  {
    rule: 'address.town-state-code',
    expression: new RegExp(
      `(?<![\\p{L}\\d])(?:${word} ){0,2}${word}, ?(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|PR),? \\d{5}(?:-\\d{4})?(?![\\w-])`,
      'gu',
    ),
    confidence: 'medium',
  },
];

function capital(words: string): string {
  return words
    .split('|')
    .map((one) => one.replace(/^\p{Ll}/u, (char) => char.toUpperCase()))
    .join('|');
}

function caseless(words: string): string {
  return words
    .split('|')
    .map((one) => one.replace(/^\p{Ll}/u, (char) => `[${char}${char.toUpperCase()}]`))
    .join('|');
}

/** Postal addresses: the whole of it, from the number of the house to the country, over several lines. */
export function findAddresses(
  gazetteer: Gazetteer,
  { text, digits, hasCapital }: TextFacts,
  add: (one: Detection) => void,
): void {
  for (const { rule, expression, confidence } of addressExpressions) {
    if (digits === 0 && rule !== 'address.corner' && rule !== 'address.street-named') continue;
    const isSmall = rule.endsWith('-small');
    if (!hasCapital && !isSmall && !rule.includes('post-code')) continue;
    expression.lastIndex = 0;
    for (let match = expression.exec(text); match; match = expression.exec(text)) {
      const [start, end] = match.indices?.groups?.value ?? [match.index, match.index + match[0].length];
      if (rule === 'address.german-at' && noHouse.test(text.slice(start, end))) continue;
      if (rule === 'address.street-named' && openers.has(folded(text.slice(start, end).split(' ')[0] ?? '')))
        continue;
      if (isSmall && noStreet.test(text.slice(start, end))) continue;
      const whole = rule.includes('code') ? end : extendAddress(gazetteer, text, end);
      const isWeak = rule === 'address.numbered-name' && whole === end;
      if (isWeak && !leads.test(text.slice(Math.max(0, start - 45), start))) continue;
      add({
        start,
        end: whole,
        type: 'ADDRESS',
        confidence: whole > end + 6 && !rule.includes('code') ? 'high' : confidence,
        rule,
      });
      if (whole > expression.lastIndex) expression.lastIndex = whole;
    }
  }
}
