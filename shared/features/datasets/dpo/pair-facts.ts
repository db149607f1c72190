import { type ExampleFacts, readFacts } from '../example-facts.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject } from '../sft/check-context.ts';

/** What the store keeps beside a preference pair: the prompt's last question and the preferred answer as previews. */
export function readPairFacts(example: JsonObject): ExampleFacts {
  const input = isObject(example.input) ? example.input : {};
  const asked = (Array.isArray(input.messages) ? input.messages : []).filter(isObject);
  const preferred = sideMessages(example.preferred_output);
  const other = sideMessages(example.non_preferred_output);
  const better = readFacts({ ...input, messages: [...asked, ...preferred.slice(0, 1)] });
  const worse = readFacts({ messages: other });
  return {
    ...better,
    messageCount: asked.length + preferred.length + other.length,
    // The better answer is no class the worse one is missing from.
    label: null,
    texts: {
      previews: () => better.texts.previews(),
      search: () => [better.texts.search(), worse.texts.search()].filter((text) => text !== '').join('\n'),
    },
    // Several pairs may share a prompt without contradicting each other, so all of them “answer” the same.
    answerKey: null,
    isPair: asked.length > 0 && (preferred.length > 0 || other.length > 0),
  };
}

/** One line of the answer that is not preferred, as lists show it. */
export function rejectedPreview(example: JsonObject): string {
  return readFacts({ messages: sideMessages(example.non_preferred_output) }).texts.previews().answer;
}

function sideMessages(side: unknown): JsonObject[] {
  return (Array.isArray(side) ? side : []).filter(isObject);
}
