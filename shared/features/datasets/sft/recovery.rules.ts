import type { SchemaChecker } from './check-context.ts';
import { isObject } from './check-context.ts';
import type { PlacedMessage } from './content.rules.ts';
import type { DeclaredTools } from './tools.rules.ts';

type Known = { readonly declared: DeclaredTools; readonly schemas: SchemaChecker };

/**
 * True when a faulty call of a tool is answered by a tool message and made again later with arguments that fit: a turn
 * that teaches recovery, to be kept.
 */
export function isMendedLater(
  placed: readonly PlacedMessage[],
  faulty: { readonly index: number; readonly name: string },
  known: Known,
): boolean {
  let isAnswered = false;
  for (const { index, role, message } of placed) {
    if (index <= faulty.index) continue;
    if (role === 'tool') isAnswered = true;
    else if (role === 'assistant' && isAnswered) {
      const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
      if (calls.some((call) => fits(call, faulty.name, known))) return true;
    }
  }
  return false;
}

function fits(call: unknown, name: string, { declared, schemas }: Known): boolean {
  const called = isObject(call) ? call.function : undefined;
  if (!isObject(called) || called.name !== name || typeof called.arguments !== 'string') return false;
  const value = parsed(called.arguments);
  if (!isObject(value)) return false;
  const parameters = declared.get(name)?.parameters;
  if (parameters === undefined) return true;
  const verdict = schemas.check(parameters, value);
  return 'problems' in verdict && verdict.problems.length === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
