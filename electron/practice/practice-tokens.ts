import { countExample } from '../../shared/tokens/example-tokens.ts';
import type { TextCounters } from '../../shared/tokens/encodings.ts';
import { practiceBaseModel } from './model-names.ts';
import type { PracticeTokens } from './usage-counter.ts';

/** Counts by the platform's rules; no vocabulary is loaded before the first count. */
export function createPracticeTokens(counters: TextCounters): PracticeTokens {
  const text = (content: string): number => counters.counter('o200k_base')(content);
  return {
    text,
    example: (example) => countExample(example, { model: practiceBaseModel, countText: text }).total,
  };
}
