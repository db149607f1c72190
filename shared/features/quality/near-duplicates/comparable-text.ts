/** Keys whose texts name or link things instead of saying something. */
const silentKeys = new Set([
  'role',
  'from',
  'type',
  'id',
  'tool_call_id',
  'custom_id',
  'uuid',
  'name',
  'weight',
  'detail',
  'model',
  'object',
  'metadata',
]);
/** What is the same in many examples on purpose. */
const sharedKeys = new Set(['tools', 'functions', 'system', 'system_prompt', 'parallel_tool_calls']);
const speakers = new Set(['system', 'developer']);
const maxDepth = 64;

/**
 * The texts of an example that say something, one to a line, whatever its method or shape: without system prompts, tool
 * definitions, roles, ids and pictures. Texts below 64 levels are not looked at.
 */
export function comparableText(value: unknown): string {
  const texts: string[] = [];
  collect(value, texts, 0);
  return texts.join('\n');
}

function collect(value: unknown, texts: string[], depth: number): void {
  if (typeof value === 'string') {
    if (value !== '' && !value.startsWith('data:')) texts.push(value);
    return;
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, texts, depth + 1);
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (isSystemMessage(fields)) return;
  for (const key in fields) {
    if (depth === 0 && sharedKeys.has(key)) continue;
    if (silentKeys.has(key) && !isCall(fields, key)) continue;
    collect(fields[key], texts, depth + 1);
  }
}

function isSystemMessage(fields: Readonly<Record<string, unknown>>): boolean {
  const speaker = fields.role ?? fields.from;
  return typeof speaker === 'string' && speakers.has(speaker);
}

/** The name of a called function is what a tool call says. */
function isCall(fields: Readonly<Record<string, unknown>>, key: string): boolean {
  return key === 'name' && 'arguments' in fields;
}
