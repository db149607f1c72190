import { expect, test } from 'vitest';
import { readConversation } from '../conversation.ts';
import { createShingler } from '../near-duplicates/shingles.ts';
import { createFacets } from '../analysis/facets.ts';
import { formatOf } from './answer-format.rules.ts';
import { createGlossary } from './glossary.rules.ts';
import { languageOf } from './language.rules.ts';
import { createSpelling } from './spelling.rules.ts';
import { signsOfAnswer, signsOfText } from './text-signs.rules.ts';

const size = 1_000_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const hostile: readonly (readonly [string, string])[] = [
  ['one letter', fill('a')],
  ['spaces', fill(' ')],
  ['lines', fill('\n')],
  ['emoji', fill('😀')],
  ['Chinese', fill('数据')],
  ['combining marks', `e${fill('\u0301')}`],
  ['lone surrogates', fill('\ud800')],
  ['back-ticks', fill('`')],
  ['open fences', fill('```\n')],
  ['open brackets', fill('[insert ')],
  ['braces', fill('{{')],
  ['apostrophes', fill("a'")],
  ['addresses', fill('https://')],
  ['entities', fill('&nbsp')],
  ['JSON that never ends', fill('[')],
  ['list marks', fill('- ')],
  ['the beginning of a refusal', fill("i'm sorry, but ")],
];

/** Every check of a text; how often the dictionary is asked is a measure of the work that no clock blurs. */
function lookAt(text: string): { asked: number; signs: number } {
  let asked = 0;
  const spelling = createSpelling(() => {
    asked += 1;
    return false;
  });
  const glossary = createGlossary([{ kind: 'forbidden', term: 'aa', replacement: null }]);
  const conversation = readConversation({ messages: [{ role: 'assistant', content: text }] });
  createFacets().add(1, 0, conversation);
  spelling(text);
  glossary(text);
  languageOf(text);
  formatOf({ text, label: null, calledTool: null });
  createShingler(5).hashes(text);
  return { asked, signs: [...signsOfText(text), ...signsOfAnswer(text)].length };
}

test.each(hostile)(
  'a megabyte of %s goes through every check',
  (_, text) => {
    const { asked, signs } = lookAt(text);
    expect(asked).toBeLessThan(10);
    expect(signs).toBeLessThan(10);
  },
  5000,
);
