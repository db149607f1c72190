import type { JsonObject } from '../read-line.ts';
import { checkByAllRules } from './all.rules.ts';
import { createReport, type ExampleFinding, type SchemaChecker } from './check-context.ts';
import { isPlainExample } from './plain-example.ts';

/** Longest training example of today's models, in tokens; what is longer is cut from the end (reference 4.2). */
export const defaultExampleLimit = 65_536;

/** Every finding of one example for supervised fine-tuning (platform reference 2.1, 2.2), in reading order of the rules. */
export function checkSftExample(example: JsonObject, schemas: SchemaChecker): ExampleFinding[] {
  return isPlainExample(example) ? [] : checkByAllRules(example, schemas);
}

/** The finding for an example of `tokens` tokens where a model reads `limit`; null when it fits. */
export function checkLength(tokens: number, limit: number): ExampleFinding | null {
  if (tokens <= limit) return null;
  const { report, findings } = createReport();
  report('over_limit', '', {
    message: `The example has ${tokens} tokens; the last ${tokens - limit} tokens would be cut off, often the answer itself.`,
    expected: `at most ${limit} tokens`,
    found: tokens,
  });
  return findings[0] ?? null;
}
