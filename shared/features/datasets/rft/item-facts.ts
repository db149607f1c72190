import { type ExampleFacts, labelOf, readFacts } from '../example-facts.ts';
import type { JsonObject } from '../read-line.ts';
import { itemOf } from './items.rules.ts';

const shownCharacters = 160;
const labelNames = ['label', 'category', 'class', 'intent', 'answer', 'reference_answer', 'target'];

/** What the store keeps beside a row for reinforcement: its last question, and the item's fields where an answer stands. */
export function readItemFacts(example: JsonObject): ExampleFacts {
  const item = itemOf(example);
  const facts = readFacts({ messages: example.messages, tools: example.tools });
  const fields = (): string[] => Object.entries(item).map(([key, value]) => `${key}: ${fieldText(value)}`);
  return {
    ...facts,
    hasTools: Array.isArray(example.tools),
    label: labelIn(item),
    texts: {
      previews: () => ({
        prompt: facts.texts.previews().prompt,
        answer: cut(fields().join(' · ').replace(/\s+/g, ' ')),
      }),
      search: () => [facts.texts.search(), ...fields()].join('\n').toWellFormed(),
    },
    promptKey: { messages: example.messages ?? null, tools: example.tools ?? null },
    answerKey: item,
    isPair: facts.messageCount > 0,
  };
}

function fieldText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function cut(line: string): string {
  return (line.length > shownCharacters ? `${line.slice(0, shownCharacters - 1)}…` : line).toWellFormed();
}

/** The value of a field that is called like a label, or of the only field, when it is short. */
function labelIn(item: JsonObject): string | null {
  const keys = Object.keys(item);
  const key =
    labelNames.find((name) => Object.hasOwn(item, name)) ?? (keys.length === 1 ? keys[0] : undefined);
  const value = key === undefined ? undefined : item[key];
  return typeof value === 'string' ? labelOf({ role: 'assistant', content: value }) : null;
}
