const verbs = 'show|reveal|print|output|write|expose|repeat|include|return|share|give|display|dump|list';
const hidden =
  'chain[- ]of[- ]thought|(?:internal|hidden|private|raw|full|complete) (?:chain of )?(?:reasoning|thoughts?|thinking)|reasoning (?:trace|tokens|process)|thought process|scratchpad|inner monologue';

/** “Print your chain of thought”: a verb and, within a few words, what a reasoning model keeps to itself. */
const request = new RegExp(`\\b(?:${verbs})\\b[^.!?\\n]{0,40}\\b(?:${hidden})\\b`, 'i');
const thinkTags = /<(?:think|thinking|reasoning|scratchpad)>/i;
const searchedCharacters = 50_000;

/** Where a prompt asks a reasoning model for its hidden reasoning, which providers block as “reasoning extraction”. */
export function findReasoningRequest(text: string): string | null {
  const searched = text.slice(0, searchedCharacters);
  return request.exec(searched)?.[0] ?? thinkTags.exec(searched)?.[0] ?? null;
}
