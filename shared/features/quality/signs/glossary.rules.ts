/** A term of the workspace: a word that is spelt right, a preferred form for others, or one that must not be used. */
export type GlossaryTerm = {
  readonly kind: 'word' | 'preferred' | 'forbidden';
  /** The word, the wrong form, or the forbidden one. */
  readonly term: string;
  /** What to write instead; of a preferred term always. */
  readonly replacement: string | null;
};

export type GlossaryHit = {
  readonly kind: 'preferred' | 'forbidden';
  readonly term: string;
  readonly replacement: string | null;
};

/** Finds terms in texts by comparing strings, whole words only and whatever the case; no pattern is made of a term. */
export function createGlossary(terms: readonly GlossaryTerm[]): (text: string) => GlossaryHit[] {
  const wanted = terms
    .filter((one) => one.kind !== 'word')
    .map((one) => ({ ...one, kind: one.kind as GlossaryHit['kind'], folded: one.term.toLowerCase() }));
  return (text) => {
    if (wanted.length === 0) return [];
    const folded = text.toLowerCase();
    return wanted
      .filter(({ folded: term }) => containsWord(folded, term))
      .map(({ kind, term, replacement }) => ({ kind, term, replacement }));
  };
}

function containsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!isWordAt(text, at - 1, term.at(0)) && !isWordAt(text, at + term.length, term.at(-1))) return true;
  }
  return false;
}

/** Whether a letter stands there that makes the term a part of a longer word. */
function isWordAt(text: string, at: number, edge: string | undefined): boolean {
  const isLetter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);
  return isLetter(edge) && isLetter(text[at]);
}
