import { bulkChange, withSystemPrompt, withTexts } from '../../../shared/features/datasets/text-changes.ts';
import type { ExampleTransform } from '../../core/dataset-ports.ts';
import { createSafePattern, type SafePattern } from './safe-pattern.ts';

/** Replaces a text or a pattern in messages. The parameters are a {@link bulkChange} of the kind `replace`. */
export function createReplaceTransform(): ExampleTransform {
  let key: unknown = null;
  let pattern: SafePattern | null = null;
  return (value, parameters) => {
    const change = bulkChange.parse(parameters);
    if (change.kind !== 'replace') throw new Error('not a replacement');
    if (pattern === null || key !== parameters) pattern = createSafePattern(change.pattern);
    key = parameters;
    const { replace } = pattern;
    return withTexts(value, change.roles, (text) => replace(text, change.replacement));
  };
}

/** Sets, replaces or removes the system prompt. The parameters are a {@link bulkChange} of the kind `system-prompt`. */
export const systemPromptTransform: ExampleTransform = (value, parameters) => {
  const change = bulkChange.parse(parameters);
  if (change.kind !== 'system-prompt') throw new Error('not a change of the system prompt');
  return withSystemPrompt(value, change);
};
