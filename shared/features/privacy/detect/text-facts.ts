/** What one pass over a text tells about which rules can find anything in it. */
export type TextFacts = {
  readonly text: string;
  readonly hasAt: boolean;
  readonly hasDot: boolean;
  readonly hasColon: boolean;
  /** A letter beyond ASCII or an upper-case ASCII letter, with which a name may begin. */
  readonly hasCapital: boolean;
  readonly digits: number;
  /** Most letters, digits and `_ - . + / =` in a row. */
  readonly longestRun: number;
};

const digit = 1;
const capital = 2;
const runner = 4;
const at = 8;
const dot = 16;
const colon = 32;
const classes = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0x30; code <= 0x39; code += 1) table[code] = digit | runner;
  for (let code = 0x41; code <= 0x5a; code += 1) table[code] = capital | runner;
  for (let code = 0x61; code <= 0x7a; code += 1) table[code] = runner;
  for (const char of '_-+/=') table[char.charCodeAt(0)] = runner;
  table[0x2e] = dot | runner;
  table[0x40] = at;
  table[0x3a] = colon;
  return table;
}

/** Looks at every unit of a text once. */
export function readFacts(text: string): TextFacts {
  let seen = 0;
  let digits = 0;
  let run = 0;
  let longestRun = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code < 128 ? (classes[code] ?? 0) : capital;
    seen |= kind;
    digits += kind & digit;
    if (kind & runner) run += 1;
    else {
      if (run > longestRun) longestRun = run;
      run = 0;
    }
  }
  return {
    text,
    hasAt: (seen & at) > 0,
    hasDot: (seen & dot) > 0,
    hasColon: (seen & colon) > 0,
    hasCapital: (seen & capital) > 0,
    digits,
    longestRun: Math.max(run, longestRun),
  };
}
