/*
 * A small language guesser: scripts by their characters, languages of the Latin script by their most frequent little
 * words. It knows the languages below; texts under 20 letters, mixtures and close relatives (Danish and Norwegian, Serbian
 * and Croatian) are often wrong or `unknown`. It is meant for counting a data set, not for judging one sentence.
 */

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

const languageOfWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(littleWords)) {
  for (const word of words.split(' '))
    languageOfWord.set(word, [...(languageOfWord.get(word) ?? []), language]);
}

const readCharacters = 800;
const fewLetters = 20;

/** Language of a text as its two-letter code, or `unknown`. */
export function languageOf(whole: string): string {
  const text = whole.slice(0, readCharacters);
  const script = scriptOf(text);
  if (script !== 'latin') return script;
  const counts = new Map<string, number>();
  let words = 0;
  for (const [word] of text.toLowerCase().matchAll(/\p{L}{1,20}/gu)) {
    words += 1;
    // A word of two languages says half as much.
    const languages = languageOfWord.get(word) ?? [];
    for (const one of languages) counts.set(one, (counts.get(one) ?? 0) + 1 / languages.length);
  }
  const [best, second] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (!best || best[1] < 2 || best[1] / words < 0.08) return 'unknown';
  return second && second[1] > 0.85 * best[1] ? 'unknown' : best[0];
}

function scriptOf(text: string): string {
  const counts = {
    latin: 0,
    cyrillic: 0,
    han: 0,
    kana: 0,
    hangul: 0,
    arabic: 0,
    hebrew: 0,
    devanagari: 0,
    thai: 0,
    greek: 0,
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x41) continue;
    if (unit < 0x250) counts.latin += unit < 0x5b || (unit > 0x60 && unit < 0x7b) || unit > 0xbf ? 1 : 0;
    else if (unit >= 0x370 && unit < 0x400) counts.greek += 1;
    else if (unit >= 0x400 && unit < 0x530) counts.cyrillic += 1;
    else if (unit >= 0x590 && unit < 0x600) counts.hebrew += 1;
    else if (unit >= 0x600 && unit < 0x780) counts.arabic += 1;
    else if (unit >= 0x900 && unit < 0x980) counts.devanagari += 1;
    else if (unit >= 0xe00 && unit < 0xe80) counts.thai += 1;
    else if (unit >= 0x3040 && unit < 0x3100) counts.kana += 1;
    else if (unit >= 0x3400 && unit < 0xa000) counts.han += 1;
    else if (unit >= 0xac00 && unit < 0xd7b0) counts.hangul += 1;
  }
  // A character of these scripts is worth some letters of an alphabet.
  if (counts.kana * 3 + counts.han * 3 > counts.latin && counts.han + counts.kana >= 4)
    return counts.kana > 0 ? 'ja' : 'zh';
  if (counts.hangul * 3 > counts.latin && counts.hangul >= 4) return 'ko';
  const [script, letters] = Object.entries(counts).reduce((most, one) => (one[1] > most[1] ? one : most));
  if (letters < fewLetters) return 'unknown';
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
