import type { Severity } from '../datasets/datasets.model.ts';

/** A kind of thing the analysis says: its words, how bad it is, and what to do about it. */
export type QualityCode = {
  readonly title: string;
  readonly severity: Severity;
  readonly advice: string;
  /** Which picture shows it. */
  readonly chart: string | null;
};

/** Everything the analysis may say, the most important first. */
export const qualityCodes = {
  leakage: {
    title: 'Leakage between splits',
    severity: 'error',
    advice:
      'Keep one example of each group, or split again with groups: a test on what was learnt proves nothing.',
    chart: null,
  },
  contradiction: {
    title: 'Contradicting answers',
    severity: 'warning',
    advice: 'Decide which answer is right and correct or remove the other.',
    chart: null,
  },
  near_duplicate: {
    title: 'Near duplicate',
    severity: 'warning',
    advice: 'Keep one of each group: repeats count double in training.',
    chart: null,
  },
  answer_json_broken: {
    title: 'Answer is broken JSON',
    severity: 'warning',
    advice: 'Mend the JSON: the model learns the mistake with the rest.',
    chart: 'formats',
  },
  refusal: {
    title: 'Answer refuses',
    severity: 'warning',
    advice: 'Keep refusals only where the model shall refuse.',
    chart: null,
  },
  ai_boilerplate: {
    title: 'Answer talks about being an AI',
    severity: 'warning',
    advice: 'Rewrite or remove these answers; the phrase spreads quickly.',
    chart: null,
  },
  truncated_answer: {
    title: 'Answer ends in the middle',
    severity: 'warning',
    advice: 'Complete the answer or remove it: the model learns to stop early.',
    chart: 'answerLengths',
  },
  placeholder_text: {
    title: 'Placeholder left in the text',
    severity: 'warning',
    advice: 'Fill in what was left for later, or replace it in all examples at once.',
    chart: null,
  },
  mojibake: {
    title: 'Characters in the wrong encoding',
    severity: 'warning',
    advice: 'Import the source again with its right encoding.',
    chart: null,
  },
  scraped_text: {
    title: 'Left over from scraping',
    severity: 'warning',
    advice: 'Remove markup and protected addresses, e.g. by a bulk replacement.',
    chart: null,
  },
  forbidden_term: {
    title: 'Forbidden term',
    severity: 'warning',
    advice: 'Replace the term; the glossary says why it is there.',
    chart: null,
  },
  unpreferred_term: {
    title: 'Not the preferred term',
    severity: 'info',
    advice: 'Replace it by the form the glossary prefers.',
    chart: null,
  },
  label_imbalance: {
    title: 'Labels are out of balance',
    severity: 'warning',
    advice: 'Collect more of the rare labels, or re-balance to the shares of production.',
    chart: 'labels',
  },
  split_shift: {
    title: 'Splits differ',
    severity: 'warning',
    advice: 'Split again, stratified by label: results on the test split would not hold for the rest.',
    chart: null,
  },
  production_shift: {
    title: 'Differs from production',
    severity: 'warning',
    advice: 'Re-balance to the shares of production, or collect what is missing.',
    chart: null,
  },
  rare_label: {
    title: 'Rare label',
    severity: 'info',
    advice: 'Collect more examples of it: a handful teaches little and tests less.',
    chart: 'labels',
  },
  answer_format_differs: {
    title: 'Answer in another format',
    severity: 'info',
    advice: 'Answer in one format, or say in the prompt when which is wanted.',
    chart: 'formats',
  },
  answer_keys_differ: {
    title: 'JSON answer with other keys',
    severity: 'info',
    advice: 'Use one set of keys, or say in the prompt which.',
    chart: 'answerKeys',
  },
  system_prompt_differs: {
    title: 'Another system prompt',
    severity: 'info',
    advice: 'Use the system prompt that production uses in every example.',
    chart: 'systemPrompts',
  },
  language_differs: {
    title: 'Another language',
    severity: 'info',
    advice: 'Keep it if users write in it; else remove it.',
    chart: 'languages',
  },
  length_outlier: {
    title: 'Unusual length',
    severity: 'info',
    advice: 'Look whether it was glued together or cut.',
    chart: 'lengths',
  },
  spelling: {
    title: 'Misspelt word',
    severity: 'info',
    advice: 'Correct it, or add the word to the workspace’s word list.',
    chart: null,
  },
  shared_template: {
    title: 'One template',
    severity: 'info',
    advice: 'Keep it if production asks in the same words; else vary the wording.',
    chart: null,
  },
  low_diversity: {
    title: 'Answers repeat themselves',
    severity: 'info',
    advice: 'Vary the answers, or use fewer of them: much of the text is the same.',
    chart: null,
  },
} as const satisfies Readonly<Record<string, QualityCode>>;
export type QualityCodeName = keyof typeof qualityCodes;

/** Titles of the marks this feature makes, by code. */
export const qualityMarks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(qualityCodes).map(([code, { title }]) => [code, title]),
);
