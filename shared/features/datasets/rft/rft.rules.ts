import { textOf } from '../example-facts.ts';
import { looksLikePair } from '../dpo/preference-keys.ts';
import type { JsonObject } from '../read-line.ts';
import { createReport, type ExampleFinding, type Report, type SchemaChecker } from '../sft/check-context.ts';
import { checkContent, nameOf, type PlacedMessage } from '../sft/content.rules.ts';
import { checkNeighbours } from '../sft/conversation.rules.ts';
import { checkImageCount } from '../sft/images.rules.ts';
import { checkMessages } from '../sft/messages.rules.ts';
import { checkTextsAt } from '../sft/texts.rules.ts';
import { checkToolCalls } from '../sft/tool-calls.rules.ts';
import { checkTools } from '../sft/tools.rules.ts';
import { checkItems, itemOf } from './items.rules.ts';
import { findReasoningRequest } from './reasoning-request.ts';

/** Every finding of one row for reinforcement fine-tuning (platform reference 2.4, 2.6), in reading order of the rules. */
export function checkRftExample(example: JsonObject, schemas: SchemaChecker): ExampleFinding[] {
  const { report, findings } = createReport();
  const messages = checkRow(example, report);
  if (!messages) return findings;
  const declared = Object.hasOwn(example, 'tools')
    ? checkTools({ tools: example.tools }, { schemas, report })
    : new Map<string, { parameters: unknown }>();
  const placed = checkMessages(messages, report, { pointer: '/messages', method: 'rft' });
  const images = placed.reduce((sum, one) => sum + checkContent(one, report), 0);
  checkImageCount(images, report);
  checkNeighbours(placed, report);
  checkEnd(placed, messages.length, report);
  checkToolCalls(placed, messages.length, { declared, schemas, report });
  checkItems(example, report);
  checkPrompts(placed, report);
  checkTextsAt(example.messages, '/messages', report);
  checkTextsAt(example.tools, '/tools', report);
  // Control tokens in a reference are never trained on; characters nobody sees make a grader say no.
  checkTextsAt(itemOf(example), '', (code, pointer, detail) => {
    if (code !== 'special_token') report(code, pointer, detail);
  });
  return findings;
}

function checkRow(example: JsonObject, report: Report): readonly unknown[] | null {
  if (!Object.hasOwn(example, 'messages')) {
    const isPair = looksLikePair(example);
    report(isPair ? 'pair_for_rft' : 'messages_missing', '', {
      message: isPair
        ? 'This is a preference pair; reinforcement fine-tuning needs "messages" that end with the user.'
        : 'The key "messages" is missing.',
      expected: 'the key "messages"',
      found: Object.keys(example),
    });
    return null;
  }
  const { messages } = example;
  if (Array.isArray(messages) && messages.length > 0) return messages;
  report(Array.isArray(messages) ? 'messages_empty' : 'messages_not_list', '/messages', {
    message: Array.isArray(messages)
      ? 'The list of messages is empty, there is nothing to ask.'
      : '"messages" must be a list of messages.',
    expected: 'at least one message',
    found: messages,
  });
  return null;
}

function checkEnd(placed: readonly PlacedMessage[], total: number, report: Report): void {
  const last = placed.at(-1);
  if (!last || last.index !== total - 1 || last.role === 'user') return;
  if (last.role === 'assistant') {
    report('ends_with_assistant', last.pointer, {
      message: `${nameOf(last)} is the last one; in reinforcement the model answers itself, so the row must end with the user.`,
      expected: 'a user message at the end, the answer as a field such as "reference_answer"',
      found: textOf(last.message),
      fix: { kind: 'answer-to-item', label: 'Move the answer to the field “reference_answer”' },
    });
    return;
  }
  report('last_not_user', last.pointer, {
    message: `${nameOf(last)} is the last one; Azure demands a user message there.`,
    expected: 'a user message at the end',
    found: last.role,
  });
}

function checkPrompts(placed: readonly PlacedMessage[], report: Report): void {
  for (const one of placed) {
    if (one.role === 'assistant' || one.role === 'tool') continue;
    const found = findReasoningRequest(textOf(one.message));
    if (found === null) continue;
    report('reasoning_request', `${one.pointer}/content`, {
      message: `${nameOf(one)} asks for the model's hidden reasoning; files with many such prompts were blocked as “reasoning extraction”.`,
      expected: 'a prompt that asks for the result, or for a short explanation',
      found,
    });
  }
}
