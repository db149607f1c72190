import type { Column, Mapping } from './imports.model.ts';
import { columnTemplate } from './template.rules.ts';

type Field = 'system' | 'user' | 'answer' | 'preferred' | 'rejected' | 'conversation' | 'role' | 'image';

/** Words that column names are made of, by the field they speak for; the first that fits wins. */
const clues: Readonly<Record<Field, RegExp>> = {
  system: /\b(?:system|system prompt|instruction for)\b/,
  preferred: /\b(?:preferred|chosen|better|accepted|winner|good)\b/,
  rejected: /\b(?:rejected|non preferred|worse|loser|bad|dispreferred)\b/,
  conversation:
    /\b(?:conversation|conv|thread|dialog|dialogue|session|chat|ticket|case)(?: id| no| number)?\b/,
  role: /\b(?:role|speaker|author|sender|from|who|party)\b/,
  image: /\b(?:image|picture|photo|img|image file|file name|filename)\b/,
  answer:
    /\b(?:answer|reply|response|output|completion|label|category|target|assistant|agent|antwort|solution|summary|translation|class|intent)\b/,
  user: /\b(?:question|prompt|input|user|customer|mail|email|message|body|text|query|request|frage|content|description|instruction|article|document|source)\b/,
};

/** `Customer_Message` is read as `customer message`. */
function wordsOf(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[_\-./]+/g, ' ')
    .toLowerCase();
}

/** The mapping that names and contents of columns speak for; nothing is filled in where nothing speaks. */
export function suggestMapping(columns: readonly Column[]): Mapping {
  const taken = new Set<string>();
  const find = (field: Field, fits: (column: Column) => boolean = () => true): string | null => {
    const found = columns.find(
      (column) =>
        !taken.has(column.name) &&
        column.filled > 0 &&
        clues[field].test(wordsOf(column.name)) &&
        fits(column),
    );
    if (found) taken.add(found.name);
    return found?.name ?? null;
  };
  const preferred = find('preferred');
  const rejected = preferred === null ? null : find('rejected');
  const system = find('system');
  const transcript = preferred === null ? findTranscript(columns, find) : null;
  const image = find('image', ({ samples }) =>
    samples.some((text) => /\.(?:png|jpe?g|webp|gif)$/i.test(text)),
  );
  const answer = preferred === null && transcript === null ? find('answer') : null;
  const user = transcript === null ? (find('user', ({ isLong }) => isLong) ?? find('user')) : null;
  const subject =
    user === null ? null : columns.find(({ name }) => /^(?:subject|title|betreff)$/i.test(name));
  const userTemplate =
    user === null
      ? ''
      : subject && !taken.has(subject.name)
        ? `${columnTemplate(subject.name)}\n\n${columnTemplate(user)}`
        : columnTemplate(user);
  const template = (name: string | null): string => (name === null ? '' : columnTemplate(name));
  return {
    method: preferred !== null && rejected !== null ? 'dpo' : 'sft',
    system: template(system),
    user: userTemplate,
    answer: template(answer),
    preferred: template(preferred),
    rejected: template(rejected),
    references: [],
    weight: null,
    image,
    transcript,
    missing: 'set-aside',
  };
}

type Find = (field: Field, fits?: (column: Column) => boolean) => string | null;

/** A column of few short values called role, and a column of texts: one turn a row. */
function findTranscript(columns: readonly Column[], find: Find): Mapping['transcript'] {
  const role = columns.find(
    ({ name, distinct, filled, samples }) =>
      clues.role.test(wordsOf(name)) &&
      distinct <= 6 &&
      filled > 1 &&
      samples.some((text) => roleNamed(text) !== null),
  );
  if (!role) return null;
  const text = columns.find(
    ({ name }) =>
      name !== role.name && /\b(?:text|message|content|body|utterance|value)\b/.test(wordsOf(name)),
  );
  if (!text) return null;
  const conversation = find('conversation', ({ name }) => name !== role.name && name !== text.name);
  const roles = Object.fromEntries(role.samples.map((value) => [value, roleNamed(value) ?? 'user']));
  return { conversation, role: role.name, text: text.name, roles };
}

/** The role that a word of a role column means; null for an unknown word. */
export function roleNamed(word: string): 'system' | 'user' | 'assistant' | null {
  const name = word.trim().toLowerCase();
  if (/^(?:system|developer)$/.test(name)) return 'system';
  if (/^(?:assistant|agent|bot|gpt|ai|model|support|operator|staff|advisor|rep)$/.test(name))
    return 'assistant';
  if (/^(?:user|human|customer|client|caller|visitor|prompter|kunde|member|guest)$/.test(name)) return 'user';
  return null;
}
