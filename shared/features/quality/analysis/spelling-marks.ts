import type { Conversation } from '../conversation.ts';
import type { QualityProfile } from '../quality.model.ts';
import { createSpelling, type IsWord, oneSlipAway } from '../signs/spelling.rules.ts';
import type { MarkList } from './mark-list.ts';

const maxJudged = 4000;
const listedWords = 200;
/** Places kept of each word. */
const keptPlaces = 50;

/** Places are pairs of an example and the number of its pointer, side by side: small, and there may be a million. */
type Unknown = { examples: number; last: number; places: number[] };

/**
 * Gathers words of English answers and questions that no dictionary knows. A word counts as misspelt when a right one is a
 * single slip away; the others are names and terms, listed for the workspace's word list.
 */
export function createSpellingMarks(isWord: IsWord) {
  const unknownIn = createSpelling(isWord);
  const found = new Map<string, Unknown>();
  const pointers: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (pointer: string): number => {
    const known = numbers.get(pointer);
    if (known !== undefined) return known;
    numbers.set(pointer, pointers.length);
    return pointers.push(pointer) - 1;
  };
  return {
    add(exampleId: number, conversation: Conversation): void {
      for (const { pointer, text } of [...conversation.answers, ...conversation.userTexts]) {
        for (const word of unknownIn(text)) {
          let entry = found.get(word);
          if (!entry) {
            entry = { examples: 0, last: -1, places: [] };
            found.set(word, entry);
          }
          if (entry.last === exampleId) continue;
          entry.last = exampleId;
          entry.examples += 1;
          if (entry.places.length < 2 * keptPlaces) entry.places.push(exampleId, numberOf(pointer));
        }
      }
    },
    /** Marks the misspelt words and answers the unknown ones, misspelt first, then by how many examples have them. */
    finish(marks: MarkList): QualityProfile['unknownWords'] {
      const judged = [...found]
        .toSorted(([a, one], [b, other]) => other.examples - one.examples || (a < b ? -1 : 1))
        .map(([word, entry], at) => ({
          word,
          ...entry,
          suggestion: at < maxJudged ? oneSlipAway(word, isWord) : null,
        }));
      for (const { word, suggestion, places } of judged) {
        if (suggestion === null) continue;
        const detail = `“${word}”: “${suggestion}”?`;
        for (let at = 0; at < places.length; at += 2) {
          const [exampleId = 0, pointer = 0] = places.slice(at, at + 2);
          const place = { exampleId, pointer: pointers[pointer] ?? '' };
          marks.add({ ...place, code: 'spelling', detail, relatedExampleId: null });
        }
      }
      return judged
        .toSorted((a, b) => Number(b.suggestion !== null) - Number(a.suggestion !== null))
        .slice(0, listedWords)
        .map(({ word, examples, suggestion }) => ({ word, examples, suggestion }));
    },
  };
}
