import type { Detection } from '../privacy.model.ts';
import { findAddresses } from './address.ts';
import { findNames } from './names/find-names.ts';
import type { Gazetteer } from './names/gazetteer.ts';
import { raised } from './names/raised.ts';
import { normalise } from './normalise.ts';
import { runPattern } from './recogniser.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import { recognisers } from './rule-table.ts';
import { readFacts, type TextFacts } from './text-facts.ts';

const patterns = recognisers.flatMap((one) => one.patterns);

/** Everything the patterns find, overlaps and all. With `isNaive` every expression runs, also where it cannot match. */
export function findByPattern(facts: TextFacts, isNaive = false): Detection[] {
  const found: Detection[] = [];
  for (const pattern of patterns) {
    if (isNaive || pattern.mayMatch(facts)) runPattern(pattern, facts.text, (one) => void found.push(one));
  }
  return found;
}

/** Finds personal data and secrets in a text; places are UTF-16 units of that text, do not overlap and are in order. */
export type Detect = (text: string) => Detection[];

/** Beyond this many units a text is looked at piece by piece, so that memory and time stay in proportion. */
const pieceUnits = 256 * 1024;

/** The whole rule set over the given word lists. */
export function createDetector(gazetteer: Gazetteer): Detect {
  const detectPiece: Detect = (piece) => {
    const text = normalise(piece);
    const facts = readFacts(text);
    const found = findByPattern(facts);
    if (!facts.hasCapital || !/\p{Lu}/u.test(text))
      findNames(gazetteer, raised(gazetteer, text), (one) => void found.push({ ...one, confidence: 'low' }));
    findAddresses(gazetteer, facts, (one) => void found.push(one));
    if (facts.hasCapital || /name|appelle|chiamo|llamo|naam|nome/.test(text))
      findNames(gazetteer, text, (one) => void found.push(one));
    return resolveOverlaps(found, text.length);
  };
  return (text) => (text.length <= pieceUnits ? detectPiece(text) : detectLong(text, detectPiece));
}

/** Pieces end at white space where there is any near, so that nothing is cut in two that a rule could have seen. */
function detectLong(text: string, detect: Detect): Detection[] {
  const found: Detection[] = [];
  for (let from = 0; from < text.length; ) {
    const to = pieceEnd(text, from);
    for (const one of detect(text.slice(from, to))) {
      found.push({ ...one, start: one.start + from, end: one.end + from });
    }
    from = to;
  }
  return found;
}

function pieceEnd(text: string, from: number): number {
  const most = from + pieceUnits;
  if (most >= text.length) return text.length;
  for (let at = most; at > most - 4096; at -= 1) if (text[at] === '\n') return at;
  for (let at = most; at > most - 4096; at -= 1) if (text[at] === ' ') return at;
  return most;
}
