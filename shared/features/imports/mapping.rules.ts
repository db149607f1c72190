import type { JsonObject } from '../datasets/read-line.ts';
import type { Mapping } from './imports.model.ts';
import {
  cellText,
  type Filled,
  fillTemplate,
  templateColumns,
  templateParts,
  valueAt,
} from './template.rules.ts';

/** What a mapping makes of a row, or of the rows of a conversation. */
export type Mapped =
  | { readonly kind: 'example'; readonly value: JsonObject }
  | { readonly kind: 'set-aside'; readonly code: string; readonly message: string };

/** A mapping made ready for many rows. */
export type Mapper = {
  /** True when several rows make one example; then {@link Mapper.map} takes all of them. */
  readonly isTranscript: boolean;
  /** Whether a row belongs to the conversation of the row before it. */
  goesOn(row: JsonObject, previous: JsonObject): boolean;
  /** The conversation a row names; null where rows are no turns, or no column names one. */
  groupOf(row: JsonObject): string | null;
  map(rows: readonly JsonObject[]): Mapped;
};

/** Fields of a mapping that are templates, by method, with whether an example cannot do without. */
export const mappingFields = {
  sft: [
    { field: 'system', isNeeded: false },
    { field: 'user', isNeeded: true },
    { field: 'answer', isNeeded: true },
  ],
  dpo: [
    { field: 'system', isNeeded: false },
    { field: 'user', isNeeded: true },
    { field: 'preferred', isNeeded: true },
    { field: 'rejected', isNeeded: true },
  ],
  rft: [
    { field: 'system', isNeeded: false },
    { field: 'user', isNeeded: true },
  ],
} as const;

/** What keeps a mapping from being used, in words; empty when nothing does. */
export function mappingProblems(mapping: Mapping, columns: readonly string[]): string[] {
  const known = new Set(columns);
  const isKnown = (name: string): boolean => known.has(name) || known.has(name.split('.')[0] ?? '');
  const problems: string[] = [];
  const requireColumn = (name: string, where: string): void => {
    if (!isKnown(name)) problems.push(`${where} names a column “${name}” that these rows do not have.`);
  };
  const { transcript } = mapping;
  if (transcript) {
    for (const name of [transcript.role, transcript.text]) requireColumn(name, 'The conversation');
    if (transcript.conversation !== null) requireColumn(transcript.conversation, 'The conversation');
    if (!Object.values(transcript.roles).includes('assistant'))
      problems.push('No value of the role column stands for the assistant yet.');
  } else {
    for (const { field, isNeeded } of mappingFields[mapping.method]) {
      if (isNeeded && mapping[field].trim() === '') problems.push(`${fieldWords[field]} is empty.`);
      for (const name of templateColumns(mapping[field])) requireColumn(name, fieldWords[field]);
    }
  }
  if (mapping.image !== null) requireColumn(mapping.image, 'The picture');
  if (mapping.weight !== null && mapping.method === 'sft') requireColumn(mapping.weight, 'The weight');
  return problems;
}

/** Fields by the words they have on screen. */
export const fieldWords = {
  system: 'System prompt',
  user: 'User message',
  answer: 'Answer',
  preferred: 'Preferred answer',
  rejected: 'Rejected answer',
} as const;

type Message = { role: string; content: unknown; weight?: number };

/** Makes a mapping ready; throws nothing, whatever the rows hold. */
export function createMapper(mapping: Mapping): Mapper {
  const { transcript } = mapping;
  if (transcript) return transcriptMapper(mapping, transcript);
  const parts = {
    system: templateParts(mapping.system),
    user: templateParts(mapping.user),
    answer: templateParts(mapping.answer),
    preferred: templateParts(mapping.preferred),
    rejected: templateParts(mapping.rejected),
  };
  return {
    isTranscript: false,
    goesOn: () => false,
    groupOf: () => null,
    map([row]) {
      if (!row) return setAside('mapping_empty', 'There is no row.');
      const fields = mappingFields[mapping.method].map(({ field, isNeeded }) => ({
        field,
        isNeeded,
        filled: fillTemplate(parts[field], row),
      }));
      const problem = missingIn(fields, mapping);
      if (problem) return problem;
      const text = (field: keyof typeof parts): string =>
        fields.find((one) => one.field === field)?.filled.text ?? '';
      return { kind: 'example', value: exampleOf(mapping, row, text) };
    },
  };
}

type FilledField = { field: keyof typeof fieldWords; isNeeded: boolean; filled: Filled };

function missingIn(fields: readonly FilledField[], mapping: Mapping): Mapped | null {
  for (const { field, isNeeded, filled } of fields) {
    const [first] = filled.missing;
    if (mapping.missing === 'set-aside' && first !== undefined) {
      return setAside('mapping_missing', `${fieldWords[field]}: the column “${first}” is empty in this row.`);
    }
    if (isNeeded && filled.text.trim() === '') {
      return setAside('mapping_missing', `${fieldWords[field]} is empty for this row.`);
    }
  }
  return null;
}

function setAside(code: string, message: string): Mapped {
  return { kind: 'set-aside', code, message };
}

function exampleOf(
  mapping: Mapping,
  row: JsonObject,
  text: (field: keyof typeof fieldWords) => string,
): JsonObject {
  const prompt: Message[] = [];
  if (text('system').trim() !== '') prompt.push({ role: 'system', content: text('system') });
  prompt.push({ role: 'user', content: userContent(mapping, row, text('user')) });
  const assistant = (content: string): Message => ({ role: 'assistant', content });
  if (mapping.method === 'dpo') {
    return {
      input: { messages: prompt },
      preferred_output: [assistant(text('preferred'))],
      non_preferred_output: [assistant(text('rejected'))],
    };
  }
  if (mapping.method === 'rft') {
    const references = mapping.references.map(({ name, template }) => [name, referenceOf(template, row)]);
    return { messages: prompt, ...Object.fromEntries(references) };
  }
  const answer = { ...assistant(text('answer')), ...weightOf(mapping, row) };
  return { messages: [...prompt, answer] };
}

/** A reference that is one column keeps its kind (number, list); any other is text. */
function referenceOf(template: string, row: JsonObject): unknown {
  const parts = templateParts(template);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'column') return valueAt(row, only.name) ?? null;
  return fillTemplate(parts, row).text;
}

function weightOf(mapping: Mapping, row: JsonObject): { weight?: number } {
  if (mapping.weight === null) return {};
  const text = cellText(valueAt(row, mapping.weight)).trim();
  if (text === '') return {};
  return { weight: /^(?:0+(?:\.0+)?|false|no)$/i.test(text) ? 0 : 1 };
}

function userContent(mapping: Mapping, row: JsonObject, text: string): unknown {
  if (mapping.image === null) return text;
  const url = cellText(valueAt(row, mapping.image)).trim();
  if (url === '') return text;
  return [
    { type: 'text', text },
    { type: 'image_url', image_url: { url } },
  ];
}

function transcriptMapper(mapping: Mapping, transcript: NonNullable<Mapping['transcript']>): Mapper {
  const conversationOf = (row: JsonObject): string =>
    transcript.conversation === null ? '' : cellText(valueAt(row, transcript.conversation));
  const roleOf = (row: JsonObject): string | undefined =>
    transcript.roles[cellText(valueAt(row, transcript.role)).trim()];
  const system = templateParts(mapping.system);
  return {
    isTranscript: true,
    goesOn: (row, previous) =>
      transcript.conversation === null
        ? !(roleOf(previous) === 'assistant' && roleOf(row) === 'system')
        : conversationOf(row) === conversationOf(previous),
    groupOf: (row) => conversationOf(row) || null,
    map(rows) {
      const unknownRole = rows.find((row) => roleOf(row) === undefined);
      if (unknownRole) {
        const value = cellText(valueAt(unknownRole, transcript.role));
        return setAside('mapping_role', `The role “${value}” is not said to be user or assistant.`);
      }
      const messages: Message[] = rows
        .filter((row) => roleOf(row) !== 'leave-out')
        .map((row) => ({ role: roleOf(row) ?? 'user', content: cellText(valueAt(row, transcript.text)) }));
      const [first] = rows;
      const prompt = first ? fillTemplate(system, first).text : '';
      if (prompt.trim() !== '' && messages[0]?.role !== 'system')
        messages.unshift({ role: 'system', content: prompt });
      if (!messages.some(({ role }) => role === 'assistant'))
        return setAside('mapping_missing', 'The conversation has no answer of the assistant.');
      return { kind: 'example', value: finish(messages, mapping) };
    },
  };
}

/** A transcript as an example; for RFT the last answer becomes the reference. */
function finish(messages: readonly Message[], mapping: Mapping): JsonObject {
  if (mapping.method !== 'rft') return { messages };
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return { messages: messages.slice(0, last), reference_answer: messages[last]?.content ?? '' };
}
