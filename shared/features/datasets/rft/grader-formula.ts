/** The functions of `calculate_output` (platform reference, section 3). */
const functions: ReadonlySet<string> = new Set(['min', 'max', 'abs', 'floor', 'ceil', 'exp', 'sqrt', 'log']);
const token = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|([-+*/^(),]))/y;

type Token = { readonly kind: 'number' | 'name' | 'sign'; readonly text: string };

/** What a formula of a multi grader says: the names it uses, or why it is none. */
export type FormulaReading =
  | { readonly names: readonly string[]; readonly problem: null }
  | { readonly names: null; readonly problem: string };

/** Reads a formula over the scores of graders: names, numbers, `+ - * / ^`, brackets and a few functions. */
export function readFormula(formula: string): FormulaReading {
  const tokens = tokensOf(formula);
  if (typeof tokens === 'string') return { names: null, problem: tokens };
  const reader = createReader(tokens);
  const problem = reader.formula();
  return problem === null ? { names: reader.names(), problem } : { names: null, problem };
}

function tokensOf(formula: string): Token[] | string {
  const tokens: Token[] = [];
  const text = formula.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) return `“${text.slice(at).trim().slice(0, 20)}” is not understood`;
    const [, number, name, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens.length === 0 ? 'it is empty' : tokens;
}

const deepest = 200;

/** Walks over the tokens: values and signs in turn, brackets closed, functions known. */
function createReader(tokens: readonly Token[]) {
  const names = new Set<string>();
  let at = 0;
  const isSign = (text: string): boolean => tokens[at]?.kind === 'sign' && tokens[at]?.text === text;
  const value = (depth: number): string | null => {
    while (isSign('-') || isSign('+')) at += 1;
    const next = tokens[at];
    if (!next) return 'it ends where a value is expected';
    at += 1;
    if (next.kind === 'number') return null;
    if (next.kind === 'name' && isSign('(')) {
      if (!functions.has(next.text)) return `there is no function “${next.text}”`;
      at += 1;
      return list(depth + 1);
    }
    if (next.kind === 'name') {
      names.add(next.text);
      return null;
    }
    return next.text === '(' ? group(depth + 1) : `“${next.text}” stands where a value is expected`;
  };
  const sum = (depth: number): string | null => {
    if (depth > deepest) return 'its brackets are nested too deep';
    for (;;) {
      const problem = value(depth);
      if (problem !== null) return problem;
      if (!['+', '-', '*', '/', '^'].some(isSign)) return null;
      at += 1;
    }
  };
  const group = (depth: number): string | null => {
    const problem = sum(depth);
    if (problem !== null) return problem;
    if (!isSign(')')) return 'a bracket is not closed';
    at += 1;
    return null;
  };
  const list = (depth: number): string | null => {
    for (;;) {
      const problem = sum(depth);
      if (problem !== null) return problem;
      if (!isSign(',')) break;
      at += 1;
    }
    if (!isSign(')')) return 'a bracket is not closed';
    at += 1;
    return null;
  };
  return {
    names: () => [...names],
    formula(): string | null {
      const problem = sum(0);
      if (problem !== null) return problem;
      const rest = tokens[at];
      return rest ? `“${rest.text}” stands where it ought to end` : null;
    },
  };
}
