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

/** Every finding of one example, by all rules in reading order; {@link isPlainExample} spares most examples this. */
export function checkByAllRules(example: JsonObject, schemas: SchemaChecker): ExampleFinding[] {
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
