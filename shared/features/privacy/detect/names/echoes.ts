import type { Detection } from '../../privacy.model.ts';
import type { CapitalWord } from './capital-runs.ts';
import { folded, type Gazetteer } from './gazetteer.ts';

/** Single words that are no plain ones and were not found to be a person by themselves. */
export type Leftover = { readonly word: CapitalWord };

const joint = /^(?:, (?:and |& )?| and | & | or | y | und | et | e )$/;

/**
 * People by other people in the same text: a family name again that stood in a whole name, the other names of a list, and
 * who else speaks in a dialogue. Only names that are surer than “low” vouch for unknown words.
 */
export function findEchoes(
  { text, gazetteer }: { text: string; gazetteer: Gazetteer },
  leftovers: readonly Leftover[],
  people: readonly Detection[],
): Detection[] {
  const sure = people.filter(({ confidence }) => confidence !== 'low');
  if (people.length === 0 || leftovers.length === 0) return [];
  const known = new Set(
    sure.flatMap(({ start, end }) => {
      const words = text.slice(start, end).split(/[ .]+/);
      return words.length > 1 ? words.filter((one) => one.length > 2).map(folded) : [];
    }),
  );
  const borders = bordersOf(sure);
  const weakBorders = bordersOf(people);
  const hasSpeaker = sure.some(({ start, end }) => isSpeaker(text, start, end));
  const isName = (key: string): boolean => gazetteer.surnames.has(key) || gazetteer.firstNames.has(key);
  const found: Detection[] = [];
  for (const { word } of leftovers) {
    const { start, end, key } = word;
    const rule = known.has(key)
      ? 'person.again'
      : isListed(text, word, isName(key) ? weakBorders : borders)
        ? 'person.listed'
        : hasSpeaker && isSpeaker(text, start, end)
          ? 'person.speaker'
          : null;
    if (!rule) continue;
    borders.ends.add(end);
    found.push({ start, end, type: 'PERSON', confidence: 'low', rule });
  }
  return found;
}

/** `Name:` at the beginning of a line. */
function isSpeaker(text: string, start: number, end: number): boolean {
  return text[end] === ':' && (start === 0 || text[start - 1] === '\n');
}

type Borders = { starts: Set<number>; ends: Set<number> };

function bordersOf(people: readonly Detection[]): Borders {
  return { starts: new Set(people.map(({ start }) => start)), ends: new Set(people.map(({ end }) => end)) };
}

/** Joined by a comma or “and” to a person before or after it. */
function isListed(text: string, { start, end }: CapitalWord, { starts, ends }: Borders): boolean {
  for (let gap = 2; gap < 7; gap += 1) {
    if (ends.has(start - gap) && joint.test(text.slice(start - gap, start))) return true;
    if (starts.has(end + gap) && joint.test(text.slice(end, end + gap))) return true;
  }
  return false;
}
