import type { JsonObject } from '../read-line.ts';
import { createReport, type ExampleFinding, type SchemaChecker } from './check-context.ts';
import { checkContent } from './content.rules.ts';
import { checkConversation } from './conversation.rules.ts';
import { checkImageCount } from './images.rules.ts';
import { checkMessages } from './messages.rules.ts';
import { checkTexts } from './texts.rules.ts';
import { checkToolCalls } from './tool-calls.rules.ts';
import { checkTools } from './tools.rules.ts';
import { checkTopLevel } from './top-level.rules.ts';

/** Longest training example of today's models, in tokens; what is longer is cut from the end (reference 4.2). */
export const defaultExampleLimit = 65_536;

/** Every finding of one example for supervised fine-tuning (platform reference 2.1, 2.2), in reading order of the rules. */
export function checkSftExample(example: JsonObject, schemas: SchemaChecker): ExampleFinding[] {
  const { report, findings } = createReport();
  const messages = checkTopLevel(example, report);
  if (!messages) return findings;
  const declared = checkTools(example, { schemas, report });
  const placed = checkMessages(messages, report);
  let images = 0;
  for (const one of placed) images += checkContent(one, report);
  checkImageCount(images, report);
  checkConversation(placed, messages.length, report);
  checkToolCalls(placed, messages.length, { declared, schemas, report });
  checkTexts(example, report);
  return findings;
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
