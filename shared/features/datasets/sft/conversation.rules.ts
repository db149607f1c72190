import type { Report } from './check-context.ts';
import { nameOf, type PlacedMessage } from './content.rules.ts';

/** Checks the order of the messages: who speaks last, twice in a row, and whether there is anything to learn. */
export function checkConversation(placed: readonly PlacedMessage[], total: number, report: Report): void {
  const assistants = placed.filter(({ role }) => role === 'assistant');
  const last = placed.at(-1);
  if (assistants.length === 0 && placed.length === total) {
    report('assistant_missing', '/messages', {
      message: 'No message is from the assistant, there is nothing to learn.',
      expected: 'at least one assistant message',
    });
  }
  if (last && last.index === total - 1 && last.role !== 'assistant') reportLast(last, placed, report);
  checkNeighbours(placed, report);
  const isAllSkipped = assistants.length > 0 && assistants.every(({ message }) => message.weight === 0);
  if (isAllSkipped) {
    report('weights_all_zero', '/messages', {
      message: 'Every assistant message has weight 0, so nothing of this example is trained.',
      expected: 'at least one assistant message without weight 0',
    });
  }
}

function reportLast(last: PlacedMessage, placed: readonly PlacedMessage[], report: Report): void {
  const { content } = last.message;
  const isEmpty =
    content === undefined || content === null || (typeof content === 'string' && !content.trim());
  const isFixable = isEmpty && placed.at(-2)?.role === 'assistant' && placed.at(-2)?.index === last.index - 1;
  report('last_not_assistant', last.pointer, {
    message: `${nameOf(last)} is the last one; an example must end with what the assistant should say.`,
    expected: 'an assistant message at the end',
    found: last.role,
    ...(isFixable ? { fix: { kind: 'remove', label: 'Remove the empty last message' } } : {}),
  });
}

/** Reports assistant messages in a row and system messages in the middle. */
export function checkNeighbours(placed: readonly PlacedMessage[], report: Report): void {
  for (const [at, one] of placed.entries()) {
    const before = placed[at - 1];
    if (!before || before.index !== one.index - 1) continue;
    if (one.role === 'assistant' && before.role === 'assistant') {
      report('consecutive_assistant', one.pointer, {
        message: `${nameOf(one)} follows another assistant message; some platforms refuse the file without saying where.`,
        expected: 'a user or tool message in between',
        found: one.role,
      });
    }
    if (one.role === 'system' && before.role !== 'system' && before.role !== 'developer') {
      report('system_not_first', one.pointer, {
        message: `${nameOf(one)} comes after the conversation has begun.`,
        expected: 'system messages at the start',
        found: one.role,
      });
    }
  }
}
