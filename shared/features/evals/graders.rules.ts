import { canonical, isObject, parseJson, parseObject } from './canonical.rules.ts';
import type {
  Classification,
  FinalAnswer,
  Grade,
  Grader,
  GradingFailure,
  JsonMatch,
  LabelSource,
  StringCheck,
  TextSimilarity,
} from './graders.model.ts';
import { fillTemplate } from './graders.template.ts';
import { fuzzyMatch, rougeL } from './graders.text.ts';
import { gradeToolCalls } from './graders.tools.ts';
import type { GradedItem, Sample } from './sample.rules.ts';

/** Grades one answer; never throws: what a grader could not do is a named failure that scores 0. */
export function gradeAnswer(grader: Grader, item: GradedItem, sample: Sample): Grade {
  if (!sample.isAnswered) {
    const label =
      grader.type === 'classification'
        ? { expected: readLabel(grader.source, item.expected) ?? '', predicted: null }
        : null;
    return { ...failed('not_answered', 'The model gave no answer.', passes(grader)), label };
  }
  switch (grader.type) {
    case 'string_check':
      return checkString(grader, item, sample);
    case 'text_similarity':
      return measureSimilarity(grader, item, sample);
    case 'json_match':
      return matchJson(grader, item, sample);
    case 'classification':
      return classify(grader, item, sample);
    case 'tool_call':
      return gradeToolCalls(item.expected.tools, sample.tools);
    case 'final_answer':
      return matchFinalAnswer(grader, item, sample);
  }
}

/** True when a grader says pass or fail; false when it only measures. */
export function passes(grader: Grader): boolean {
  return grader.type !== 'text_similarity' || grader.pass_threshold !== undefined;
}

function plain(score: number, passed: boolean | null, note = ''): Grade {
  return { score, passed, failure: null, note, label: null, fields: null };
}

function failed(failure: GradingFailure, note: string, isPassFail = true): Grade {
  return { score: 0, passed: isPassFail ? false : null, failure, note, label: null, fields: null };
}

function checkString(grader: StringCheck, item: GradedItem, sample: Sample): Grade {
  const input = fillTemplate(grader.input, item, sample);
  if ('failure' in input) return failed(input.failure, input.note);
  const reference = fillTemplate(grader.reference, item, sample);
  if ('failure' in reference) return failed(reference.failure, reference.note);
  const isPassed = compare(grader.operation, input.text, reference.text);
  return plain(isPassed ? 1 : 0, isPassed);
}

function compare(operation: StringCheck['operation'], input: string, reference: string): boolean {
  switch (operation) {
    case 'eq':
      return input === reference;
    case 'ne':
      return input !== reference;
    case 'like':
      return input.includes(reference);
    case 'ilike':
      return input.toLowerCase().includes(reference.toLowerCase());
  }
}

function measureSimilarity(grader: TextSimilarity, item: GradedItem, sample: Sample): Grade {
  const isPassFail = passes(grader);
  const input = fillTemplate(grader.input, item, sample);
  if ('failure' in input) return failed(input.failure, input.note, isPassFail);
  const reference = fillTemplate(grader.reference, item, sample);
  if ('failure' in reference) return failed(reference.failure, reference.note, isPassFail);
  const measure = grader.evaluation_metric === 'fuzzy_match' ? fuzzyMatch : rougeL;
  const score = measure(input.text, reference.text);
  return plain(score, grader.pass_threshold === undefined ? null : score >= grader.pass_threshold);
}

function matchJson(grader: JsonMatch, item: GradedItem, sample: Sample): Grade {
  const expected = parseObject(item.expected.text);
  if (!expected) return failed('parse_failure', 'The expected answer is not a JSON object.');
  const names = grader.fields ?? Object.keys(expected);
  const parsed = parseJson(sample.text);
  if (!parsed || !isObject(parsed.value)) {
    const note = parsed ? 'The answer is JSON, but not an object.' : 'The answer is not JSON.';
    return {
      ...failed('parse_failure', note),
      fields: Object.fromEntries(names.map((name) => [name, false])),
    };
  }
  const answer = parsed.value;
  const fields = names.map((name): [string, boolean] => [
    name,
    Object.hasOwn(answer, name) &&
      Object.hasOwn(expected, name) &&
      canonical(answer[name]) === canonical(expected[name]),
  ]);
  const extra = grader.fields ? [] : Object.keys(answer).filter((name) => !Object.hasOwn(expected, name));
  const wrong = fields.filter(([, isRight]) => !isRight).map(([name]) => name);
  const notes = [
    ...(wrong.length > 0 ? [`Different: ${wrong.join(', ')}.`] : []),
    ...(extra.length > 0 ? [`Not expected: ${extra.join(', ')}.`] : []),
  ];
  const score = (fields.length - wrong.length) / Math.max(1, fields.length + extra.length);
  return {
    ...plain(names.length === 0 && extra.length === 0 ? 1 : score, notes.length === 0, notes.join(' ')),
    fields: Object.fromEntries(fields),
  };
}

/** Name of the label of answers that call no tool. */
export const noTool = '(no tool)';

/** The label in an answer, or null when there is none where it should be. */
export function readLabel(source: LabelSource, sample: Sample): string | null {
  if (source.kind === 'text') return sample.text.trim();
  if (source.kind === 'tool') return sample.tools[0]?.function.name ?? noTool;
  const answer = parseObject(sample.text);
  if (!answer || !Object.hasOwn(answer, source.field)) return null;
  const value = answer[source.field];
  return typeof value === 'string' ? value : canonical(value);
}

function classify(grader: Classification, item: GradedItem, sample: Sample): Grade {
  const expected = readLabel(grader.source, item.expected) ?? '';
  const found = readLabel(grader.source, sample);
  const predicted = found !== null && grader.labels.includes(found) ? found : null;
  const label = { expected, predicted };
  if (found === null) {
    const isObjectText = parseObject(sample.text) !== null;
    const note = isObjectText ? 'The answer lacks this field.' : 'The answer is not a JSON object.';
    return { ...failed(isObjectText ? 'missing_variable' : 'parse_failure', note), label };
  }
  if (predicted === null) {
    return { ...failed('not_a_label', `“${found.slice(0, 80)}” is none of the labels.`), label };
  }
  return { ...plain(predicted === expected ? 1 : 0, predicted === expected), label };
}

/** The text after the last `marker` up to the end of its line, without `ending`; null without a marker. */
export function readFinalAnswer(text: string, marker: string, ending: string): string | null {
  const at = text.lastIndexOf(marker);
  if (at < 0) return null;
  const line = text.slice(at + marker.length).split('\n', 1)[0] ?? '';
  const trimmed = line.trim();
  const answer = ending !== '' && trimmed.endsWith(ending) ? trimmed.slice(0, -ending.length) : trimmed;
  return answer.trim();
}

function matchFinalAnswer(grader: FinalAnswer, item: GradedItem, sample: Sample): Grade {
  const expected = readFinalAnswer(item.expected.text, grader.marker, grader.ending);
  const answer = readFinalAnswer(sample.text, grader.marker, grader.ending);
  if (expected === null || answer === null) {
    return failed('no_final_answer', `No line with “${grader.marker.trim()}” in the answer.`);
  }
  const isPassed = expected === answer;
  return plain(isPassed ? 1 : 0, isPassed, isPassed ? '' : `${answer} instead of ${expected}.`);
}
