/** The kinds of characters the encodings' patterns tell apart; the kernel uses the same numbers. */
export const characterClass = {
  other: 0,
  /** Lu, Lt */
  upper: 1,
  /** Ll */
  lower: 2,
  /** Lm, Lo: stand with upper and with lower case */
  letter: 3,
  mark: 4,
  number: 5,
  space: 6,
  /** CR and LF, which are spaces as well */
  newline: 7,
} as const;

const codePoints = 0x11_0000;

const patterns: readonly (readonly [number, RegExp])[] = [
  [characterClass.newline, /^[\r\n]$/u],
  [characterClass.space, /^\p{White_Space}$/u],
  [characterClass.upper, /^[\p{Lu}\p{Lt}]$/u],
  [characterClass.lower, /^\p{Ll}$/u],
  [characterClass.letter, /^[\p{Lm}\p{Lo}]$/u],
  [characterClass.mark, /^\p{M}$/u],
  [characterClass.number, /^\p{N}$/u],
];

/**
 * Letters, marks and numbers that came with Unicode 17. tiktoken knows Unicode 16, where they are not assigned, so they
 * are `other` here as well; found by comparing every code point (token-counters.test.ts would see the next ones).
 */
const addedLater: readonly (readonly [number, number])[] = [
  [0x88f, 0x88f],
  [0xc5c, 0xc5c],
  [0xcdc, 0xcdc],
  [0x1acf, 0x1add],
  [0x1ae0, 0x1aeb],
  [0xa7ce, 0xa7cf],
  [0xa7d2, 0xa7d2],
  [0xa7d4, 0xa7d4],
  [0xa7f1, 0xa7f1],
  [0x10940, 0x10959],
  [0x10ec5, 0x10ec7],
  [0x10efa, 0x10efb],
  [0x11b60, 0x11b67],
  [0x11db0, 0x11ddb],
  [0x11de0, 0x11de9],
  [0x16ea0, 0x16eb8],
  [0x16ebb, 0x16ed3],
  [0x16ff2, 0x16ff6],
  [0x187f8, 0x187ff],
  [0x18d09, 0x18d1e],
  [0x18d80, 0x18df2],
  [0x1e6c0, 0x1e6de],
  [0x1e6e0, 0x1e6f5],
  [0x1e6fe, 0x1e6ff],
  [0x2b73a, 0x2b73f],
  [0x2cea2, 0x2cead],
  [0x323b0, 0x33479],
];

/** Asks the running engine's Unicode about every code point; answers code point × 8 + class wherever it changes. */
export function classRuns(): Uint32Array {
  const runs: number[] = [];
  let before = -1;
  for (let point = 0; point < codePoints; point += 1) {
    const kind = classOf(point);
    if (kind === before) continue;
    runs.push(point * 8 + kind);
    before = kind;
  }
  return Uint32Array.from(runs);
}

function classOf(point: number): number {
  const isSurrogate = point >= 0xd800 && point < 0xe000;
  if (isSurrogate || addedLater.some(([first, last]) => point >= first && point <= last))
    return characterClass.other;
  const text = String.fromCodePoint(point);
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? characterClass.other;
}

/** The class of every code point, one byte each. */
export function expandClasses(runs: Uint32Array): Uint8Array {
  const classes = new Uint8Array(codePoints);
  for (const [index, run] of runs.entries()) {
    const next = runs[index + 1];
    classes.fill(run & 7, run >>> 3, next === undefined ? codePoints : next >>> 3);
  }
  return classes;
}
