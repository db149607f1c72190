import { createContext, runInContext, Script } from 'node:vm';
import { AppFailure } from '../../../shared/failures.ts';
import type { TextPattern } from '../../../shared/features/datasets/text-pattern.ts';

/** How long a pattern may work on one call before it is refused; a sound one takes microseconds a text. */
const budgetMs = 1500;

/** A pattern that cannot hang: its regular expression runs under a watchdog. For worker threads. */
export type SafePattern = {
  /** Which of the texts hold a match. */
  test: (texts: readonly string[]) => boolean[];
  /** The text with every match replaced. */
  replace: (text: string, replacement: string) => string;
};

function refused(source: string, why: string): AppFailure {
  return new AppFailure('PATTERN_REFUSED', {
    what: `The regular expression was refused: ${why}`,
    where: { field: source.length > 80 ? `${source.slice(0, 80)}…` : source },
    todo: 'Write it more simply, without a repetition inside a repetition; nothing was changed.',
    retry: 'never',
  });
}

/** A field of an error; one that comes from the pattern's own context is no `Error` of ours. */
function fieldOf(error: unknown, name: 'code' | 'message'): string {
  const fields = Object(error) as Record<string, unknown>;
  return typeof fields[name] === 'string' ? fields[name] : '';
}

/** Makes a pattern ready; throws PATTERN_REFUSED for one that does not parse, and from its calls when it takes too long. */
export function createSafePattern(pattern: TextPattern): SafePattern {
  const { source, isRegex, isCaseSensitive } = pattern;
  const flags = `gu${isCaseSensitive ? '' : 'i'}`;
  const context = createContext({
    source: isRegex ? source : source.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`),
    flags,
    texts: [],
    replacement: '',
  });
  try {
    runInContext('globalThis.pattern = new RegExp(source, flags)', context);
  } catch (error) {
    throw refused(source, `${fieldOf(error, 'message')}.`);
  }
  const testing = new Script('texts.map((text) => { pattern.lastIndex = 0; return pattern.test(text); })');
  const replacing = new Script('texts.map((text) => text.replace(pattern, replacement))');
  const run = (script: Script, texts: readonly string[]): unknown[] => {
    context.texts = texts;
    try {
      // An array of another context; spread, so that it is one of ours.
      return [...(script.runInContext(context, { timeout: budgetMs }) as Iterable<unknown>)];
    } catch (error) {
      if (fieldOf(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        throw refused(source, 'it takes far too long on a text of this data set.');
      }
      throw error;
    }
  };
  return {
    test: (texts) => run(testing, texts).map(Boolean),
    replace(text, replacement) {
      // A dollar sign means something only to those who wrote a regular expression.
      context.replacement = isRegex ? replacement : replacement.replaceAll('$', '$$$$');
      return String(run(replacing, [text])[0]);
    },
  };
}
