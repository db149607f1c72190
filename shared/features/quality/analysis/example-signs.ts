import type { Conversation } from '../conversation.ts';
import type { createGlossary } from '../signs/glossary.rules.ts';
import { signsOfAnswer, signsOfText } from '../signs/text-signs.rules.ts';
import type { MarkList } from './mark-list.ts';

/** Marks what an example's own texts show, at the first place of each kind; answers that end in the middle apart. */
export function markExampleSigns(
  example: { exampleId: number; conversation: Conversation },
  glossary: ReturnType<typeof createGlossary>,
  { marks, cutOff }: { marks: MarkList; cutOff: MarkList },
): void {
  const { exampleId, conversation } = example;
  const seen = new Set<string>();
  const answer = conversation.answers.at(-1);
  for (const { pointer, text } of [...conversation.answers, ...conversation.userTexts]) {
    for (const { code, found } of signsOfText(text)) {
      if (seen.has(code)) continue;
      seen.add(code);
      marks.add({ exampleId, code, pointer, detail: `“${found}”`, relatedExampleId: null });
    }
  }
  if (!answer) return;
  for (const { code, found } of signsOfAnswer(answer.text)) {
    const detail = code === 'truncated_answer' ? `It ends with “${found}”` : `“${found}”`;
    const list = code === 'truncated_answer' ? cutOff : marks;
    list.add({ exampleId, code, pointer: answer.pointer, detail, relatedExampleId: null });
  }
  for (const { kind, term, replacement } of glossary(answer.text)) {
    const code = kind === 'forbidden' ? 'forbidden_term' : 'unpreferred_term';
    const detail = replacement === null ? `“${term}”` : `“${term}”: write “${replacement}”`;
    marks.add({ exampleId, code, pointer: answer.pointer, detail, relatedExampleId: null });
  }
}
