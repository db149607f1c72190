import type { CountText, Encoding } from './encodings.ts';
import { asList, asObject, asText } from './json-access.ts';

/** Tokens of a part of an example; approximate where the platform documents no exact rule. */
export type PartTokens = { tokens: number; isApproximate: boolean };

const functionStart: Record<Encoding, number> = { o200k_base: 7, cl100k_base: 10 };
const propertiesStart = 3;
const propertyStart = 3;
const enumStart = -3;
const enumItem = 3;
const toolsEnd = 12;
const maxDepth = 32;

/** Counting a tools block needs the vocabulary's name as well: the constants differ between model families. */
export type ToolCounting = { encoding: Encoding; countText: CountText };

/**
 * Tokens of the tools block of one conversation, from the function definitions (platform reference 5.3).
 * Exact for flat schemas with descriptions; nested schemas count each inner property as an outer one, marked approximate.
 */
export function countTools(functions: readonly unknown[], counting: ToolCounting): PartTokens {
  const sum: PartTokens = { tokens: 0, isApproximate: false };
  for (const one of functions) {
    const definition = asObject(one);
    if (!definition) continue;
    sum.tokens += functionStart[counting.encoding] + counting.countText(functionLine(definition, sum));
    addProperties(sum, asObject(definition.parameters), { counting, depth: 0 });
  }
  if (functions.length > 0) sum.tokens += toolsEnd;
  return sum;
}

function functionLine(definition: Readonly<Record<string, unknown>>, sum: PartTokens): string {
  const name = asText(definition.name) ?? '';
  const description = asText(definition.description);
  if (!description) sum.isApproximate = true;
  return description ? `${name}:${withoutStop(description)}` : name;
}

type Walk = { counting: ToolCounting; depth: number };

function addProperties(sum: PartTokens, schema: Readonly<Record<string, unknown>> | null, walk: Walk): void {
  const properties = Object.entries(asObject(schema?.properties) ?? {});
  if (properties.length === 0 || walk.depth > maxDepth) return;
  if (walk.depth > 0) sum.isApproximate = true;
  sum.tokens += propertiesStart;
  for (const [name, value] of properties) addProperty(sum, { name, schema: asObject(value) ?? {} }, walk);
}

function addProperty(
  sum: PartTokens,
  property: { name: string; schema: Readonly<Record<string, unknown>> },
  walk: Walk,
): void {
  const { name, schema } = property;
  const type = typeText(schema);
  const description = asText(schema.description);
  if (!description || typeof schema.type !== 'string') sum.isApproximate = true;
  sum.tokens += propertyStart;
  addEnum(sum, schema, walk.counting.countText);
  const line = description ? `${name}:${type}:${withoutStop(description)}` : `${name}:${type}`;
  sum.tokens += walk.counting.countText(line);
  for (const inner of [schema, asObject(schema.items), ...variants(schema)]) {
    addProperties(sum, inner, { ...walk, depth: walk.depth + 1 });
    if (inner !== schema && inner?.enum) addEnum(sum, inner, walk.counting.countText);
  }
}

function addEnum(sum: PartTokens, schema: Readonly<Record<string, unknown>>, countText: CountText): void {
  if (!Array.isArray(schema.enum)) return;
  sum.tokens += enumStart;
  for (const item of schema.enum) {
    sum.tokens += enumItem + countText(typeof item === 'string' ? item : JSON.stringify(item));
  }
}

function variants(schema: Readonly<Record<string, unknown>>): (Readonly<Record<string, unknown>> | null)[] {
  return [...asList(schema.anyOf), ...asList(schema.oneOf), ...asList(schema.allOf)].map(asObject);
}

function typeText(schema: Readonly<Record<string, unknown>>): string {
  if (typeof schema.type === 'string') return schema.type;
  const names = Array.isArray(schema.type) ? schema.type : variants(schema).map((one) => one?.type);
  return names.filter((name) => typeof name === 'string').join('|') || 'any';
}

/** The platform drops one full stop at the end of a description. */
function withoutStop(text: string): string {
  return text.endsWith('.') ? text.slice(0, -1) : text;
}
