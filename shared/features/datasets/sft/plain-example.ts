import type { JsonObject } from '../read-line.ts';
import { isObject } from './check-context.ts';
import { isSuspicious } from './texts.rules.ts';

/**
 * True when an example is so plain that no rule can find anything: nothing but messages with a role and a text, in the
 * usual order, an answer at the end. Most examples are, and are known to be fine without a pointer, a name or a list made
 * for them. False says nothing: then all rules look.
 */
export function isPlainExample(example: JsonObject): boolean {
  for (const key in example) if (key !== 'messages') return false;
  const { messages } = example;
  if (!Array.isArray(messages)) return false;
  let before = '';
  for (let index = 0; index < messages.length; index += 1) {
    const message: unknown = messages[index];
    if (!isObject(message)) return false;
    const { role, content } = message;
    if (typeof content !== 'string' || typeof role !== 'string' || !mayFollow(role, before)) return false;
    for (const key in message) if (key !== 'role' && key !== 'content') return false;
    if (!saysSomething(content) || isSuspicious(content)) return false;
    before = role;
  }
  return before === 'assistant';
}

function mayFollow(role: string, before: string): boolean {
  if (role === 'user') return true;
  if (role === 'assistant') return before !== 'assistant';
  return role === 'system' && (before === '' || before === 'system');
}

function saysSomething(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || text.trim() !== '';
}
