import type { EvalItem, ItemOutcome, Verdict } from './evals.model.ts';
import type { Grader } from './graders.model.ts';

/** A verdict as a label in a table. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  no_evidence: 'no evidence',
};

/** How an item fared, as a label. */
export const outcomeWords: Readonly<Record<ItemOutcome, string>> = {
  improved: 'Improved',
  worsened: 'Worsened',
  both_right: 'Both right',
  both_wrong: 'Both wrong',
  unchanged: 'Unchanged',
};

const failures: Readonly<Record<string, string>> = {
  not_answered: 'no answer from the model',
  parse_failure: 'not the JSON that was expected',
  missing_variable: 'a value was missing in the answer',
  invalid_template: 'the grader itself is wrong',
  arguments_not_json: 'tool arguments that are not JSON',
  not_a_label: 'an answer that is none of the labels',
  no_final_answer: 'no final answer in the text',
};

/** Why an answer could not be graded, in words. */
export function failureWords(failure: string): string {
  return failures[failure] ?? failure;
}

/** What a grader looks at, in a few words. */
export function describeGrader(grader: Grader): string {
  switch (grader.type) {
    case 'string_check':
      return { eq: 'equal text', ne: 'different text', like: 'contains', ilike: 'contains, any case' }[
        grader.operation
      ];
    case 'text_similarity':
      return grader.evaluation_metric === 'fuzzy_match'
        ? 'similarity of letters'
        : 'common words in order, F1';
    case 'json_match':
      return grader.fields ? `JSON fields ${grader.fields.join(', ')}` : 'every JSON field';
    case 'classification':
      return `${grader.labels.length} labels`;
    case 'tool_call':
      return 'tool and arguments';
    case 'final_answer':
      return `after “${grader.marker.trim()}”`;
  }
}

/** Whether the first grader passed an answer: `right`, `wrong`, or nothing where it only measures. */
export function rightOrWrong(
  item: Pick<EvalItem, 'grades'>,
  side: 'base' | 'tuned',
): 'right' | 'wrong' | null {
  const passed = item.grades[0]?.[side].passed ?? null;
  if (passed === null) return null;
  return passed ? 'right' : 'wrong';
}
