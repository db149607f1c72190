import type { Recogniser } from './recogniser.ts';

const age = String.raw`(?<value>1[01][0-9]|[1-9]?[0-9])`;

/** Ages of people: the number, not the words around it. */
export const personAge: Recogniser = {
  id: 'age',
  patterns: [
    {
      rule: 'age.years-old',
      type: 'AGE',
      expression: new RegExp(
        String.raw`(?<![\w.,$€£-])${age}(?:[ -]?(?:years?|yrs?|yr|y\.?)[ -]?(?:old|of age|o\b)|[ -]?y\/o\b| Jahre alt| ans\b| años\b| anni\b| anos\b|-?jährige?[rnsm]?\b| jaar\b| ?yo\b| lat\b(?! ago)|歳|岁)`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: ({ match }) => (/old|y\/?o|of age|alt|jährig|歳|岁/i.test(match[0]) ? 'high' : 'low'),
    },
    {
      rule: 'age.aged',
      type: 'AGE',
      expression: new RegExp(
        String.raw`\b(?:aged?|alter|âge|edad|età|idade|leeftijd)(?:\b|(?<=[éèà]))(?: ?(?:is|of|:|=|um|ist))?[ "]{0,2}${age}(?![\w:/-]|[.,]\d| ?%| (?:days?|hours?|minutes?|months?|weeks?))`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'high',
    },
    {
      rule: 'age.turning',
      type: 'AGE',
      expression: new RegExp(
        String.raw`\b(?:turn(?:s|ed|ing)|(?:will|'ll|to) turn|(?:i am|i'm|she is|she's|he is|he's|who is|who's)(?: only| now| just| already)?|when (?:he|she|i|they|we) (?:was|were|turned)(?: only| just| barely| about)?) ${age}(?= ?(?:[.,;!?)]|$|and\b|on\b|when\b|last\b|yesterday\b|with\b|while\b|in\b|years?\b|next\b|this\b|today\b|now\b|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'medium',
    },
    {
      rule: 'age.between-commas',
      type: 'AGE',
      expression: new RegExp(
        String.raw`(?<=\p{L}{2}, |\()${age}(?=,? (?:male|female|man|woman|m|f)\b|, (?:of|from|who|was|is|has|lives|living|resident)\b)`,
        'dgu',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'medium',
    },
    {
      rule: 'age.after-name',
      type: 'AGE',
      // `Anna Weber, 34, lives`; `Anna (34) and`: two digits, so that lists of numbers are none.
      expression: new RegExp(
        String.raw`(?<=\p{Lu}\p{Ll}[\p{L}'-]{0,20}(?:, | \())(?<value>[1-9][0-9])(?=, (?:and\b|\p{Ll})|\)(?:,| (?:and|who|was|is|has|from|met|lives?|said|und|et|y|e)\b))`,
        'dgu',
      ),
      mayMatch: ({ digits }) => digits >= 2,
      judge: ({ text, start }) =>
        /(?:table|figure|fig|section|chapter|page|appendix|step|no|january|february|march|april|may|june|july|august|september|october|november|december)\W{1,2}$/i.test(
          text.slice(Math.max(0, start - 12), start),
        )
          ? null
          : 'low',
    },
    {
      rule: 'age.with-sex',
      type: 'AGE',
      expression:
        /(?:\(|\b(?:I'm|i'm|im|I|i|am|a|(?:husband|wife|boyfriend|girlfriend|partner|brother|sister|friend|ex|bf|gf|mom|mum|dad|so)) )(?<value>[1-9][0-9])(?=[MmFf]\b)/dg,
      mayMatch: ({ digits }) => digits >= 2,
      judge: () => 'low',
    },
    {
      rule: 'age.spoken',
      type: 'AGE',
      expression: new RegExp(
        String.raw`\b(?:ich bin|er ist|sie ist|ist|war|wurde|wird) ${age} Jahre\b`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'low',
    },
    {
      rule: 'age.years-ago',
      type: 'AGE',
      expression: new RegExp(String.raw`\bborn (?:about )?${age} years ago`, 'dgi'),
      mayMatch: ({ digits }) => digits >= 1,
      judge: () => 'medium',
    },
  ],
};
