import { type Language, loadLanguages } from './corpus-words.ts';

/** Draws texts of one corpus. */
export type TextSource = ReturnType<typeof createTextSource>;

const codeLines = [
  'export function NAME(value: string): number {',
  '  const NAME = await fetch(`/api/NAME/${id}`);',
  '  if (NAME === null || NAME.length > 12) return -1;',
  'def NAME(self, NAME=None):',
  '    for i, NAME in enumerate(NAME):',
  "        raise ValueError(f'unknown {NAME!r}')",
  'SELECT NAME, count(*) FROM NAME WHERE id = 42 GROUP BY NAME;',
  '<div class="NAME"><a href="https://example.org/NAME">NAME</a></div>',
  '  "NAME": { "type": "object", "properties": { "NAME": { "type": "string" } } },',
  '#include <NAME.h>',
  '\t\treturn 0x7fffffff & (NAME >> 3);',
  '}',
  '',
];

/** Texts drawn with `random`: few words are frequent and most are rare, and 1.5 % of them have never been seen. */
export function createTextSource(random: () => number) {
  const drawn = loadLanguages().flatMap((one) => Array.from({ length: one.share }, () => one));
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const novel = (): string => {
    const letters = Array.from({ length: 4 + below(8) }, () => String.fromCharCode(97 + below(26))).join('');
    const forms = [
      letters,
      `${letters}_${below(1000)}`,
      `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`,
    ];
    return random() < 0.4 ? String(below(10_000_000)) : pick(forms);
  };
  const word = (language: Language): string =>
    random() < 0.015
      ? novel()
      : (language.words[Math.floor(language.words.length * random() ** language.bend)] ?? '');
  const sentence = (language: Language): string => {
    const length = language.joint === '' ? 8 + below(30) : 5 + below(16);
    const words = Array.from({ length }, () => word(language));
    if (random() < 0.4) words[below(length)] += language.joint === '' ? '，' : ',';
    const text = words.join(language.joint);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random() < 0.15 ? '?' : language.stop}`;
  };
  return {
    below,
    pick,
    novel,
    language: (): Language => pick(drawn),
    paragraph: (language: Language, sentences: number): string =>
      Array.from({ length: sentences }, () => sentence(language)).join(language.joint === '' ? '' : ' '),
    code(lines: number): string {
      const body = Array.from({ length: lines }, () => pick(codeLines).replaceAll('NAME', () => novel()));
      return `\`\`\`\n${body.join('\n')}\n\`\`\``;
    },
    /** The text with about this share of its words replaced. */
    reworded: (text: string, share: number): string =>
      text.replaceAll(/[\p{L}\p{M}]{3,}/gu, (found) => (random() < share ? novel() : found)),
  };
}
