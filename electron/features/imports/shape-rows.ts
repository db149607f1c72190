import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { Codec, ExampleMethod } from '../../../shared/features/formats/formats.model.ts';
import type { Belonging } from '../../../shared/features/formats/gather-rows.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import { createMapper } from '../../../shared/features/imports/mapping.rules.ts';
import type { Container } from '../../core/source-rows.ts';

type Loss = { readonly field: string; readonly reason: string };

/** What a recipe makes of the rows that belong together. */
export type Shaped =
  | {
      readonly kind: 'example';
      readonly method: ExampleMethod;
      readonly value: JsonObject;
      readonly losses: readonly Loss[];
      /** True when the row is the example, so that its own text may stand for it. */
      readonly isUntouched: boolean;
    }
  | { readonly kind: 'set-aside'; readonly code: string; readonly message: string };

/** A recipe made ready for rows. */
export type Shaper = Belonging & {
  /** Whether several rows may make one example. */
  readonly joins: boolean;
  shape(rows: readonly JsonObject[]): Shaped;
};

const tables: readonly Container[] = ['csv', 'xlsx', 'parquet'];
const native: Readonly<Record<string, ExampleMethod>> = {
  'openai-sft': 'sft',
  'openai-dpo': 'dpo',
  'openai-rft': 'rft',
};

/** The method whose files a recipe's shape already is, line by line; null when rows have to be changed. */
export function nativeMethod({ shaping, system }: Recipe): ExampleMethod | null {
  return shaping.kind === 'shape' && system === null ? (native[shaping.shape] ?? null) : null;
}

/** Makes a recipe ready; `codecs` are the known shapes. Its functions throw nothing, whatever the rows hold. */
export function createShaper(recipe: Recipe, container: Container, codecs: readonly Codec[]): Shaper {
  const { shaping } = recipe;
  const shaper = shaping.kind === 'mapping' ? byMapping(recipe) : byCodec(recipe, { container, codecs });
  return {
    joins: shaper.joins,
    goesOn: (row, previous) => shaper.goesOn(row, previous),
    groupOf: (row) => shaper.groupOf(row),
    shape(rows) {
      const shaped = shaper.shape(rows);
      if (shaped.kind !== 'example' || recipe.system === null) return shaped;
      const value = withSystem(shaped.value, shaped.method, recipe.system);
      return { ...shaped, value, isUntouched: shaped.isUntouched && value === shaped.value };
    },
  };
}

function byMapping({ shaping }: Recipe): Shaper {
  if (shaping.kind !== 'mapping') throw new Error('not a mapping');
  const mapper = createMapper(shaping.mapping);
  const { method } = shaping.mapping;
  return {
    joins: mapper.isTranscript,
    goesOn: (row, previous) => mapper.isTranscript && mapper.goesOn(row, previous),
    groupOf: (row) => mapper.groupOf(row),
    shape(rows) {
      const mapped = mapper.map(rows);
      return mapped.kind === 'example' ? { ...mapped, method, losses: [], isUntouched: false } : mapped;
    },
  };
}

function byCodec(
  recipe: Recipe,
  { container, codecs }: { container: Container; codecs: readonly Codec[] },
): Shaper {
  const name = recipe.shaping.kind === 'shape' ? recipe.shaping.shape : null;
  const codec = codecs.find((one) => one.name === name);
  if (!codec) throw new Error(`no codec ${name}`);
  const isTable = tables.includes(container) && codec.name !== 'flat-table';
  const prepared = (row: JsonObject): JsonObject => (isTable ? withJsonCells(row) : row);
  const { join } = codec;
  const nativeAs = native[codec.name];
  return {
    joins: join !== null,
    groupOf: (row) => join?.groupOf(prepared(row)) ?? null,
    goesOn: (row, previous) => join !== null && !join.beginsExample(prepared(row), prepared(previous)),
    shape(rows) {
      const [first] = rows;
      if (!first) return { kind: 'set-aside', code: 'shape_unreadable', message: 'There is no row.' };
      if (nativeAs !== undefined && !isTable) {
        return { kind: 'example', method: nativeAs, value: first, losses: [], isUntouched: true };
      }
      const outcome = join ? join.readAll(rows.map(prepared)) : codec.read(prepared(first));
      if (outcome.kind === 'unreadable') {
        const message = `Not readable as ${codec.title}: ${outcome.reason}`;
        return { kind: 'set-aside', code: 'shape_unreadable', message };
      }
      const { method, value, extra } = outcome.example;
      const left = Object.keys(extra).map((field) => ({ field, reason: 'not part of the training format' }));
      return { kind: 'example', method, value, losses: [...outcome.losses, ...left], isUntouched: false };
    },
  };
}

/** Cells of a table that hold JSON lists or objects, read. */
export function withJsonCells(row: JsonObject): JsonObject {
  const cells = Object.entries(row).map(([name, value]) => [name, jsonOr(value)] as const);
  return Object.fromEntries(cells);
}

function jsonOr(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

type SystemPrompt = NonNullable<Recipe['system']>;

function withSystem(value: JsonObject, method: ExampleMethod, system: SystemPrompt): JsonObject {
  if (method === 'dpo') {
    const { input } = value;
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return value;
    const changed = withSystemMessage(input as JsonObject, system);
    return changed === input ? value : { ...value, input: changed };
  }
  return withSystemMessage(value, system);
}

function withSystemMessage(value: JsonObject, { text, when }: SystemPrompt): JsonObject {
  const { messages } = value;
  if (!Array.isArray(messages)) return value;
  const isSystem = (message: unknown): boolean =>
    typeof message === 'object' &&
    message !== null &&
    'role' in message &&
    (message.role === 'system' || message.role === 'developer');
  if (when === 'missing' && messages.some(isSystem)) return value;
  const others: unknown[] = messages.filter((message) => !isSystem(message));
  return { ...value, messages: [{ role: 'system', content: text }, ...others] };
}
