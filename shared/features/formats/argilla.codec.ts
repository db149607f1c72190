import type { JsonObject } from '../datasets/read-line.ts';
import { looksLikeMessages, message, type Message, messagesOf } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, pick, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { dpoValue } from './trainer-rows.ts';

const promptKeys = [
  'messages',
  'chat',
  'conversation',
  'prompt',
  'instruction',
  'question',
  'input',
  'text',
  'query',
];
const answerKeys = [
  'response',
  'answer',
  'completion',
  'output',
  'generation',
  'corrected_response',
  'corrected',
  'label',
];
const preferenceKeys = ['preference', 'ranking', 'choice', 'preferred', 'better'];

/** Records of Argilla: `fields` with what people answered (`responses`), else what was suggested. */
export const argilla = makeCodec({
  name: 'argilla',
  title: 'Argilla',
  fit(row) {
    const hasVerdicts = row.responses !== undefined || row.suggestions !== undefined;
    if (!isObject(row.fields) || !hasVerdicts) return null;
    const isPair = preferenceOf(row) !== null && answersIn(row.fields).length === 2;
    return { sureness: 1, method: isPair ? 'dpo' : 'sft', why: '“fields” with “responses”.' };
  },
  read(row, losses) {
    const { fields } = row;
    if (!isObject(fields)) throw new Unfit('The record has no “fields”.');
    if (row.status === 'discarded') throw new Unfit('The record was discarded in Argilla.');
    const known = ['fields', 'responses', 'suggestions', 'metadata', 'status'];
    for (const key of Object.keys(without(row, known)))
      losses.add(key, 'It is about the record in Argilla, not about the example.');
    const told = preferred(row, fields) ?? answered(row, fields, losses);
    return isObject(row.metadata) ? { ...told, extra: { ...told.extra, ...row.metadata } } : told;
  },
});

/** What was answered to a question: by a person where one did, else as suggested. Knows both generations of Argilla. */
function answerTo(row: JsonObject, names: readonly string[]): unknown {
  for (const source of [row.responses, row.suggestions]) {
    for (const name of names) {
      const found = isList(source)
        ? inList(source, name)
        : isObject(source)
          ? answerValue(source[name])
          : undefined;
      if (found !== undefined && found !== null) return found;
    }
  }
  return undefined;
}

function answerValue(found: unknown): unknown {
  const one = isList(found) ? found[0] : found;
  return isObject(one) && one.value !== undefined ? one.value : isObject(one) ? undefined : one;
}

function inList(list: readonly unknown[], name: string): unknown {
  for (const one of list) {
    if (!isObject(one) || one.status === 'discarded') continue;
    if (one.question_name === name) return one.value;
    if (isObject(one.values) && one.values[name] !== undefined) return answerValue(one.values[name]);
  }
  return undefined;
}

function promptOf(fields: JsonObject): { key: string; messages: readonly Message[] } {
  const found = pick(fields, promptKeys);
  if (found === null) throw new Unfit('No field of the record can be the question.');
  const value = unpacked(found.value);
  if (looksLikeMessages(value)) return { key: found.key, messages: messagesOf(value, found.key) };
  if (typeof value !== 'string') throw new Unfit(`The field “${found.key}” is neither a text nor messages.`);
  return { key: found.key, messages: [message('user', value)] };
}

function answered(row: JsonObject, fields: JsonObject, losses: Losses): CanonicalExample {
  const prompt = promptOf(fields);
  const given = answerTo(row, answerKeys) ?? answerTo(row, questionNames(row));
  const field = pick(without(fields, [prompt.key]), answerKeys);
  const answer = given ?? field?.value;
  if (answer === undefined) throw new Unfit('The record has no answer, neither given nor suggested.');
  const isOverruled = given !== undefined && field !== null;
  if (isOverruled) losses.add(`fields.${field.key}`, 'The response of a person takes its place.');
  const content = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const used = [prompt.key, ...(field === null ? [] : [field.key])];
  return example(
    'sft',
    { messages: [...prompt.messages, message('assistant', content)] },
    without(fields, used),
  );
}

/** The questions that the record has answers to, for records whose answers have names of their own. */
function questionNames(row: JsonObject): readonly string[] {
  const source = row.responses ?? row.suggestions;
  if (isObject(source)) return Object.keys(source).filter((key) => !key.includes('.'));
  const named = isList(source) ? source.filter(isObject) : [];
  return named.flatMap((one) =>
    typeof one.question_name === 'string'
      ? [one.question_name]
      : isObject(one.values)
        ? Object.keys(one.values)
        : [],
  );
}

const answerName = /^(?:response|answer|generation|completion|output)[-_ ]?(?:[12ab])$/i;

function answersIn(fields: JsonObject): readonly string[] {
  return Object.keys(fields)
    .filter((key) => answerName.test(key))
    .toSorted();
}

function preferenceOf(row: JsonObject): unknown {
  return answerTo(row, preferenceKeys) ?? null;
}

function preferred(row: JsonObject, fields: JsonObject): CanonicalExample | null {
  const [first, second] = answersIn(fields);
  const verdict = preferenceOf(row);
  if (first === undefined || second === undefined || verdict === null) return null;
  const best = isList(verdict) ? bestOf(verdict) : verdict;
  const isFirst = best === first || /[1a]$/i.test(String(best));
  const isSecond = best === second || /[2b]$/i.test(String(best));
  if (isFirst === isSecond) throw new Unfit('The response prefers neither of the two answers.');
  const [better, worse] = isFirst ? [first, second] : [second, first];
  const prompt = promptOf(fields);
  const value = dpoValue({
    messages: prompt.messages,
    tools: undefined,
    preferred: [message('assistant', textIn(fields, better))],
    rejected: [message('assistant', textIn(fields, worse))],
  });
  return example('dpo', value, without(fields, [prompt.key, first, second]));
}

/** The best of a ranking: a list of names, or of names with ranks. */
function bestOf(ranking: readonly unknown[]): unknown {
  const ranked = ranking.filter(isObject).toSorted((a, b) => Number(a.rank) - Number(b.rank));
  const [top] = ranked;
  return top === undefined ? ranking[0] : top.value;
}

function textIn(fields: JsonObject, key: string): string {
  const found = fields[key];
  if (typeof found !== 'string') throw new Unfit(`The field “${key}” is no text.`);
  return found;
}
