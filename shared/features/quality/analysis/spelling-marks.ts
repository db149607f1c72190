import type { Conversation } from '../conversation.ts';
import type { QualityProfile } from '../quality.model.ts';
import { createSpelling, type IsWord, oneSlipAway } from '../signs/spelling.rules.ts';
import type { MarkList } from './mark-list.ts';

const maxUnknown = 20_000;
const maxJudged = 4000;
const listedWords = 200;
/** Places kept of each word. */
const keptPlaces = 50;

type Unknown = { examples: number; places: { exampleId: number; pointer: string }[] };

/**
 * Gathers words of English answers and questions that no dictionary knows. A word counts as misspelt when a right one is a
 * single slip away; the others are names and terms, listed for the workspace's word list.
 */
export function createSpellingMarks(isWord: IsWord) {
  const unknownIn = createSpelling(isWord);
  const found = new Map<string, Unknown>();
  return {
    add(exampleId: number, conversation: Conversation): void {
      for (const { pointer, text } of [...conversation.answers, ...conversation.userTexts]) {
        for (const word of unknownIn(text)) {
          let entry = found.get(word);
          if (!entry) {
            if (found.size >= maxUnknown) continue;
            entry = { examples: 0, places: [] };
            found.set(word, entry);
          }
          if (entry.places.at(-1)?.exampleId === exampleId) continue;
          entry.examples += 1;
          if (entry.places.length < keptPlaces) entry.places.push({ exampleId, pointer });
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
        for (const { exampleId, pointer } of places) {
          marks.add({ exampleId, code: 'spelling', pointer, detail, relatedExampleId: null });
        }
      }
      return judged
        .toSorted((a, b) => Number(b.suggestion !== null) - Number(a.suggestion !== null))
        .slice(0, listedWords)
        .map(({ word, examples, suggestion }) => ({ word, examples, suggestion }));
    },
  };
}
