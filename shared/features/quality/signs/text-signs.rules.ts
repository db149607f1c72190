import { patterns, scanned } from './patterns.ts';

/** Something a text shows by itself, and the piece that shows it. */
export type TextSign = {
  readonly code:
    | 'ai_boilerplate'
    | 'refusal'
    | 'placeholder_text'
    | 'scraped_text'
    | 'mojibake'
    | 'truncated_answer';
  readonly found: string;
};

const shownCharacters = 60;
/** Shorter answers are labels, names and numbers, which end without a full stop. */
const sentenceCharacters = 160;

/** Signs of unfinished or damaged text, in a text of any role. */
export function signsOfText(whole: string): TextSign[] {
  const text = scanned(whole);
  const signs: TextSign[] = [];
  const add = (code: TextSign['code'], pattern: RegExp): void => {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) signs.push({ code, found: shown(found) });
  };
  add('placeholder_text', patterns.leftForLater);
  if (signs.length === 0) add('placeholder_text', patterns.toFillIn);
  add('scraped_text', patterns.scrapedEmail);
  if (signs.every(({ code }) => code !== 'scraped_text')) add('scraped_text', patterns.scrapedPage);
  add('mojibake', patterns.mojibake);
  return signs;
}

/** Signs of an answer that should not be learnt: talk about being a model, a refusal, an end in the middle. */
export function signsOfAnswer(whole: string): TextSign[] {
  const text = scanned(whole);
  const signs: TextSign[] = [];
  const boilerplate = patterns.boilerplate.exec(text)?.[0];
  if (boilerplate !== undefined) signs.push({ code: 'ai_boilerplate', found: shown(boilerplate) });
  const refusal = patterns.refusal.exec(text.slice(0, 400))?.[0];
  if (refusal !== undefined) signs.push({ code: 'refusal', found: shown(refusal) });
  if (isCutOff(whole)) signs.push({ code: 'truncated_answer', found: shown(whole.trimEnd().slice(-40)) });
  return signs;
}

/** Whether a longer text stops in the middle: no end of a sentence, an open code block, an open bracket of JSON. */
export function isCutOff(text: string): boolean {
  const end = text.trimEnd();
  if (end.length < sentenceCharacters) return false;
  const fences = scanned(end).match(patterns.fence)?.length ?? 0;
  if (end.length <= scanned(end).length && fences % 2 === 1) return true;
  if (/^[{[]/.test(end)) return !/[}\]]$/.test(end);
  if (patterns.finished.test(end.slice(-40))) return false;
  // A list, a table or a poem ends without a full stop; prose does not.
  const lastLine = end.slice(end.lastIndexOf('\n') + 1);
  return (
    lastLine.length >= sentenceCharacters ||
    (/[.!?。]\s/.test(end) && /[\p{L},–-]$/u.test(end) && lastLine.length > 40)
  );
}

function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return (line.length > shownCharacters ? `${line.slice(0, shownCharacters - 1)}…` : line).toWellFormed();
}
