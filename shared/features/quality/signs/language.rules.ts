import { characterTable, wordPart } from '../near-duplicates/characters.ts';

/*
 * A small language guesser: scripts by their characters, languages of the Latin script by their most frequent little
 * words. It knows the languages below; texts under 20 letters, mixtures and close relatives (Danish and Norwegian, Serbian
 * and Croatian) are often wrong or `unknown`. It is meant for counting a data set, not for judging one sentence.
 */

const [basis, prime] = [0x811c9dc5 | 0, 0x01000193];

const littleWords: Readonly<Record<string, string>> = {
  en: 'the of and to in is you that it for was on are with as be at this have from not your can will what my',
  de: 'der die das und ist nicht ich sie es ein eine zu den mit auf für dem von sich auch wie bei wir oder',
  fr: 'le la les de des et est un une que qui dans pour pas vous je sur avec ce il au plus mon votre',
  es: 'el la los las de que y en un una es por con para no se su lo mi del al como está más',
  it: 'il la di che e un una per non è con sono del della i le gli mi si come ho nel questo anche',
  pt: 'o a os as de que e em um uma para não com é por do da no na se meu está mais você',
  nl: 'de het een en van ik is dat niet je op te zijn met voor er aan mijn maar bij wat deze ook',
  sv: 'och att det är en jag som på för inte med den har till av om du ett kan men så mitt vi',
  da: 'og at det er en jeg som på for ikke med den har til af om du et kan men så min vi der',
  pl: 'i w nie na się że do z jest to jak co po za dla ale od czy mam być przez są ten mnie',
  cs: 'a je na se že to v s jsem do jak ale za pro co by si když být jsou tak už mi není',
  tr: 'bir ve bu için ile de da ben ne var mı mi çok olarak gibi daha ama benim nasıl sonra kadar değil olan',
  fi: 'ja on ei se että en mutta hän ovat kun niin minun mitä oli tämä ole voi jos myös minä kuin mikä',
  id: 'yang dan di ini itu dengan untuk tidak dari saya dalam akan pada ke adalah bisa ada anda juga atau sudah',
};

const languages = Object.keys(littleWords);

/** Languages of a little word, as places in the list, by the hash of the word (FNV-1a over its UTF-16 units). */
const languagesOfWord = new Map<number, number[]>();
for (const [place, words] of Object.values(littleWords).entries()) {
  for (const word of words.split(' ')) {
    let hash = basis;
    for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), prime);
    languagesOfWord.set(hash, [...(languagesOfWord.get(hash) ?? []), place]);
  }
}

const readCharacters = 800;
const fewLetters = 20;

/** Language of a text as its two-letter code, or `unknown`. */
export function languageOf(whole: string): string {
  const text = whole.slice(0, readCharacters);
  const script = scriptOf(text);
  return script === 'latin' ? latinLanguageOf(text) : script;
}

/** Cuts words by hand and looks them up by their hash: a pattern and a string for each word take five times as long. */
function latinLanguageOf(text: string): string {
  const table = characterTable();
  const counts = new Float64Array(languages.length);
  let [words, hash] = [0, basis];
  for (let at = 0; at <= text.length; at += 1) {
    const entry = at < text.length ? (table[text.charCodeAt(at)] ?? 0) : 0;
    if (entry >>> 16 === wordPart) {
      hash = Math.imul(hash ^ (entry & 0xffff), prime);
    } else if (hash !== basis) {
      words += 1;
      const found = languagesOfWord.get(hash) ?? [];
      // A word of two languages says half as much.
      for (const place of found) counts[place] = (counts[place] ?? 0) + 1 / found.length;
      hash = basis;
    }
  }
  const best = counts.reduce((most, count, place) => (count > (counts[most] ?? 0) ? place : most), 0);
  const most = counts[best] ?? 0;
  if (most < 2 || most / words < 0.08) return 'unknown';
  const isClose = counts.some((count, place) => place !== best && count > 0.85 * most);
  return isClose ? 'unknown' : (languages[best] ?? 'unknown');
}

/** Scripts by the UTF-16 units they span, from and up to. */
const scripts = [
  ['latin', 0x41, 0x5b],
  ['latin', 0x61, 0x7b],
  ['latin', 0xc0, 0x250],
  ['greek', 0x370, 0x400],
  ['cyrillic', 0x400, 0x530],
  ['hebrew', 0x590, 0x600],
  ['arabic', 0x600, 0x780],
  ['devanagari', 0x900, 0x980],
  ['thai', 0xe00, 0xe80],
  ['kana', 0x3040, 0x3100],
  ['han', 0x3400, 0xa000],
  ['hangul', 0xac00, 0xd7b0],
] as const;
type Script = (typeof scripts)[number][0];
const scriptNames: readonly Script[] = [...new Set(scripts.map(([name]) => name))];

/** The script of every unit as its place in the list and one more; 0 for what is no letter. */
const scriptOfUnit = new Uint8Array(65_536);
for (const [name, from, to] of scripts) scriptOfUnit.fill(scriptNames.indexOf(name) + 1, from, to);

function scriptOf(text: string): string {
  const found = new Uint32Array(scriptNames.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    const script = scriptOfUnit[text.charCodeAt(at)] ?? 0;
    found[script] = (found[script] ?? 0) + 1;
  }
  const count = (name: Script): number => found[scriptNames.indexOf(name) + 1] ?? 0;
  const [latin, kana, han, hangul] = [count('latin'), count('kana'), count('han'), count('hangul')];
  // A character of these scripts is worth some letters of an alphabet.
  if ((kana + han) * 3 > latin && han + kana >= 4) return kana > 0 ? 'ja' : 'zh';
  if (hangul * 3 > latin && hangul >= 4) return 'ko';
  const script = scriptNames.reduce((most, name) => (count(name) > count(most) ? name : most));
  if (count(script) < fewLetters) return 'unknown';
  if (script === 'cyrillic') return /[іїєґ]/iu.test(text) ? 'uk' : 'ru';
  const known: Readonly<Record<string, string>> = {
    arabic: 'ar',
    hebrew: 'he',
    devanagari: 'hi',
    thai: 'th',
    greek: 'el',
  };
  return known[script] ?? 'latin';
}
