import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report } from './check-context.ts';
import { checkImage } from './images.rules.ts';

/** A message with where it stands, as the rules pass it around. */
export type PlacedMessage = {
  readonly index: number;
  readonly pointer: string;
  readonly role: string;
  readonly message: JsonObject;
};

/** “Message 3 (user)”: counted from one, as people do. */
export function nameOf({ index, role }: PlacedMessage): string {
  return `Message ${index + 1} (${role})`;
}

/** True when an assistant message says something by other means than its content. */
function actsWithoutContent(message: JsonObject): boolean {
  const { tool_calls: calls, refusal } = message;
  return (
    (Array.isArray(calls) && calls.length > 0) ||
    isObject(message.function_call) ||
    typeof refusal === 'string'
  );
}

/** Checks that a message has content of the right shape for its role; answers how many pictures it holds. */
export function checkContent(placed: PlacedMessage, report: Report): number {
  const { message, role } = placed;
  const pointer = `${placed.pointer}/content`;
  const { content } = message;
  const isOptional = role === 'assistant' && actsWithoutContent(message);
  if (content === undefined || content === null) {
    if (!isOptional) {
      report('content_missing', content === null ? pointer : placed.pointer, {
        message: `${nameOf(placed)} has no content.`,
        expected: role === 'assistant' ? 'a text, or tool calls' : 'a text',
        found: content,
      });
    }
    return 0;
  }
  if (typeof content === 'string') {
    if (content.trim() === '' && !isOptional) reportEmpty(placed, pointer, report);
    return 0;
  }
  if (!Array.isArray(content)) {
    report('content_invalid', pointer, {
      message: `${nameOf(placed)}: content must be a text or a list of parts.`,
      expected: 'a text or a list',
      found: content,
    });
    return 0;
  }
  return checkParts(placed, content, report);
}

function reportEmpty(placed: PlacedMessage, pointer: string, report: Report): void {
  const isTaught = placed.role === 'assistant' || placed.role === 'user';
  report('content_empty', pointer, {
    message: `${nameOf(placed)} has empty content${placed.role === 'assistant' ? '; the model would learn to say nothing' : ''}.`,
    expected: 'a text that is not empty',
    found: placed.message.content,
    severity: isTaught ? 'error' : 'warning',
  });
}

function checkParts(placed: PlacedMessage, parts: readonly unknown[], report: Report): number {
  const pointer = `${placed.pointer}/content`;
  if (parts.length === 0) reportEmpty(placed, pointer, report);
  let images = 0;
  let hasText = false;
  for (const [index, part] of parts.entries()) {
    const at = pointerTo(pointer, index);
    if (!isObject(part)) {
      report('part_invalid', at, {
        message: `${nameOf(placed)}: a part must be an object.`,
        expected: 'an object',
        found: part,
      });
    } else if (part.type === 'image_url') {
      images += 1;
      checkImage(part, at, { role: placed.role, where: nameOf(placed), report });
    } else if (part.type === 'text') {
      // Every part is looked at, also after one that says something.
      const says = checkTextPart(part, at, { where: nameOf(placed), report });
      hasText ||= says;
    } else if (!(part.type === 'refusal' && placed.role === 'assistant')) {
      report('part_type', Object.hasOwn(part, 'type') ? `${at}/type` : at, {
        message: `${nameOf(placed)}: only texts and pictures can be trained on.`,
        expected: placed.role === 'user' ? '"text" or "image_url"' : '"text"',
        found: part.type,
      });
    }
  }
  const onlyText = parts.length > 0 && parts.every((part) => isObject(part) && part.type === 'text');
  if (onlyText && !hasText) reportEmpty(placed, pointer, report);
  return images;
}

function checkTextPart(
  part: JsonObject,
  pointer: string,
  { where, report }: { where: string; report: Report },
): boolean {
  if (typeof part.text !== 'string') {
    report('part_invalid', Object.hasOwn(part, 'text') ? `${pointer}/text` : pointer, {
      message: `${where}: a text part needs a "text".`,
      expected: 'a text',
      found: part.text,
    });
    return true;
  }
  return part.text.trim() !== '';
}
