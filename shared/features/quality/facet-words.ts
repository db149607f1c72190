/** Facets in words, within a sentence. */
export const facetWords: Readonly<Record<string, string>> = {
  labels: 'labels',
  lengths: 'length',
  answerLengths: 'length of the answer',
  turns: 'turns',
  languages: 'languages',
  formats: 'format of the answer',
  answerKeys: 'keys of JSON answers',
  tools: 'tools',
  systemPrompts: 'system prompts',
};
