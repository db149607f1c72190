import type { JsonObject } from '../datasets/read-line.ts';
import { looksLikeMessages, message, type Message, messagesOf } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, isObjectList, pick, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { dpoValue } from './trainer-rows.ts';

const promptKeys = [
  'messages',
  'dialogue',
  'dialog',
  'conversation',
  'prompt',
  'question',
  'instruction',
  'text',
  'input',
  'query',
];
const firstKeys = [
  'answer1',
  'answer_1',
  'response1',
  'response_1',
  'answer_a',
  'response_a',
  'left',
  'option1',
  'text1',
];
const secondKeys = [
  'answer2',
  'answer_2',
  'response2',
  'response_2',
  'answer_b',
  'response_b',
  'right',
  'option2',
  'text2',
];

/** Tasks of Label Studio with their annotations: a text or choice as the answer, a pairwise choice as a preference. */
export const labelStudio = makeCodec({
  name: 'label-studio',
  title: 'Label Studio',
  fit(row) {
    if (!isObject(row.data) || !(isList(row.annotations) || isList(row.completions))) return null;
    const isPair = results(row).some(({ type }) => type === 'pairwise');
    return { sureness: 1, method: isPair ? 'dpo' : 'sft', why: '“data” with “annotations”.' };
  },
  read(row, losses) {
    const { data } = row;
    if (!isObject(data)) throw new Unfit('The task has no “data”.');
    const result = results(row, losses);
    if (result.length === 0)
      throw new Unfit('Nobody has annotated the task, or all annotations were cancelled.');
    const choice = result.find(({ type }) => type === 'pairwise');
    const told = choice === undefined ? answered(data, result, losses) : preferred(data, choice);
    for (const key of Object.keys(without(row, ['data', 'annotations', 'completions', 'predictions']))) {
      losses.add(key, 'It is about the task in Label Studio, not about the example.');
    }
    if (isList(row.predictions) && row.predictions.length > 0)
      losses.add('predictions', 'Annotations of people are taken, not predictions.');
    return told;
  },
});

/** The results of the annotation that counts: the ground truth, else the first that was not cancelled. */
function results(row: JsonObject, losses?: Losses): readonly JsonObject[] {
  const all = isList(row.annotations) ? row.annotations : row.completions;
  const valid = isList(all) ? all.filter(isObject).filter((one) => one.was_cancelled !== true) : [];
  const given = valid.filter((one) => isList(one.result) && one.result.length > 0);
  if (given.length > 1)
    losses?.add('annotations', 'One of several annotations is taken: the ground truth, else the first.');
  const taken = given.find((one) => one.ground_truth === true) ?? given[0];
  return isObjectList(taken?.result) ? taken.result : [];
}

function promptOf(data: JsonObject): { key: string; messages: readonly Message[] } {
  for (const key of promptKeys) {
    const found = pick(data, [key]);
    if (found === null) continue;
    const value = unpacked(found.value);
    if (looksLikeMessages(value)) return { key: found.key, messages: messagesOf(value, found.key) };
    if (typeof value === 'string') return { key: found.key, messages: [message('user', value)] };
  }
  const texts = Object.entries(data).filter(([, value]) => typeof value === 'string');
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return { key: only[0], messages: [message('user', only[1])] };
  throw new Unfit('The task has no text that can be the question.');
}

function answered(data: JsonObject, result: readonly JsonObject[], losses: Losses): CanonicalExample {
  const prompt = promptOf(data);
  const answers = result.map((one) => ({
    name: String(one.from_name ?? one.type),
    text: annotatedText(one),
  }));
  const usable = answers.filter((one): one is { name: string; text: string } => one.text !== null);
  if (usable.length < answers.length)
    losses.add('annotations.result', 'Regions and ratings are no text that can be learned.');
  const [first] = usable;
  if (first === undefined) throw new Unfit('The annotation has no text and no choice.');
  const names = new Set(usable.map(({ name }) => name));
  const content =
    names.size === 1 && usable.length === 1
      ? first.text
      : JSON.stringify(Object.fromEntries(usable.map(({ name, text }) => [name, text])));
  return example(
    'sft',
    { messages: [...prompt.messages, message('assistant', content)] },
    without(data, [prompt.key]),
  );
}

function annotatedText(one: JsonObject): string | null {
  const { value } = one;
  if (!isObject(value)) return null;
  const found =
    value.text ?? value.choices ?? (Array.isArray(value.taxonomy) ? value.taxonomy.flat() : undefined);
  if (typeof found === 'string') return found;
  return isList(found) && found.every((each) => typeof each === 'string') ? found.join('\n') : null;
}

function preferred(data: JsonObject, choice: JsonObject): CanonicalExample {
  const first = pick(data, firstKeys);
  const second = pick(data, secondKeys);
  const prompt = promptOf(without(data, [first?.key ?? '', second?.key ?? '']));
  const selected = isObject(choice.value) ? choice.value.selected : undefined;
  if (first === null || second === null) throw new Unfit('The task has no two answers to choose from.');
  if (selected !== 'left' && selected !== 'right')
    throw new Unfit('The annotation prefers neither of the two answers.');
  const [better, worse] = selected === 'left' ? [first, second] : [second, first];
  const value = dpoValue({
    messages: prompt.messages,
    tools: undefined,
    preferred: [message('assistant', String(better.value))],
    rejected: [message('assistant', String(worse.value))],
  });
  return example('dpo', value, without(data, [prompt.key, first.key, second.key]));
}
