import type { ChatMessage, ContentPart, ToolDefinition } from '../datasets/datasets.model.ts';
import type { ReviewText } from './ballots.rules.ts';

/** All of a message that a reviewer must read, as plain text; pictures and files are named, not shown. */
export function textOfMessage(message: ChatMessage): string {
  const { content, refusal, tool_calls: calls = [], function_call: call } = message;
  const parts: string[] = [];
  if (typeof content === 'string') parts.push(content);
  else for (const part of content ?? []) parts.push(textOfPart(part));
  if (refusal) parts.push(`Refusal: ${refusal}`);
  for (const { function: made } of calls) parts.push(`Calls ${made.name}(${made.arguments})`);
  if (call) parts.push(`Calls ${call.name}(${call.arguments})`);
  return parts.filter((text) => text !== '').join('\n\n');
}

function textOfPart(part: ContentPart): string {
  return part.type === 'text' ? part.text : '[A picture, not in this file]';
}

/** The conversation before an answer, as plain text; the tools that could be called come first. */
export function textsOfPrompt(prompt: {
  messages: readonly ChatMessage[];
  tools?: readonly ToolDefinition[] | undefined;
}): ReviewText[] {
  const tools = (prompt.tools ?? []).map((tool) => JSON.stringify(tool)).join('\n');
  return [
    ...(tools === '' ? [] : [{ role: 'tools', text: tools }]),
    ...prompt.messages.map((message) => ({ role: message.role, text: textOfMessage(message) })),
  ];
}
