import { z } from 'zod';
import type { JsonObject } from '../datasets/read-line.ts';

/** What examples are for: supervised, preference or reinforcement fine-tuning (platform reference 2.1, 2.3, 2.4). */
export const exampleMethod = z.enum(['sft', 'dpo', 'rft']);
export type ExampleMethod = z.infer<typeof exampleMethod>;

/** Every shape of a row that is known. Reading knows all of them, writing those of {@link targetNames}. */
export const shapeNames = [
  'openai-sft',
  'openai-dpo',
  'openai-rft',
  'azure-sft',
  'azure-dpo',
  'azure-rft',
  'trl',
  'sharegpt',
  'alpaca',
  'llama-factory',
  'axolotl',
  'together',
  'fireworks',
  'flat-table',
  'prompt-completion',
  'preference-pairs',
  'anthropic',
  'question-answer',
  'stored-completions',
  'batch-output',
  'label-studio',
  'argilla',
  'transcript',
] as const;
export const shapeName = z.enum(shapeNames);
export type ShapeName = z.infer<typeof shapeName>;

/** What data can be written as. `csv` and `parquet` are one table in two containers. */
export const targetNames = [
  'openai-sft',
  'openai-dpo',
  'openai-rft',
  'azure-sft',
  'azure-dpo',
  'azure-rft',
  'trl',
  'sharegpt',
  'alpaca',
  'llama-factory',
  'axolotl',
  'together',
  'fireworks',
  'csv',
  'parquet',
] as const;
export const targetName = z.enum(targetNames);
export type TargetName = z.infer<typeof targetName>;

/** Something a row had and its new form has not: the field (a dotted path, `messages.weight`) and why. */
export const fieldLoss = z.object({ field: z.string(), reason: z.string() });
export type FieldLoss = z.infer<typeof fieldLoss>;

/**
 * An example in the form everything passes through. `value` has the keys of its method in OpenAI's spelling:
 * sft `messages`, `tools` …; dpo `input`, `preferred_output`, `non_preferred_output`; rft `messages`, `tools` and the
 * fields graders read. `extra` are fields of the source that are none of the method's (ids, categories, scores).
 */
export type CanonicalExample = {
  readonly method: ExampleMethod;
  readonly value: JsonObject;
  readonly extra: JsonObject;
};

/** A row read, with what the example could not take over; or why it is no example of this shape. */
export type ReadOutcome =
  | { readonly kind: 'example'; readonly example: CanonicalExample; readonly losses: readonly FieldLoss[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** An example as a row of a target, with what the target cannot hold; or why the row is left out. */
export type WriteOutcome =
  | { readonly kind: 'row'; readonly row: JsonObject; readonly losses: readonly FieldLoss[] }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Limits of the service that takes a file (resources/export-formats.json); null where none is documented. */
export const formatLimits = z.object({
  /** Pictures in one example; more and the row is left out. 0 where a method is text only. */
  maxImages: z.number().int().nonnegative().nullable(),
  /** Bytes of one picture inside the file. */
  maxImageBytes: z.number().int().positive().nullable(),
  /** Roles that the service does not take, and what stands in for them. */
  roles: z.record(z.string(), z.string()),
});
export type FormatLimits = z.infer<typeof formatLimits>;

/** How sure a codec is that rows have its shape (0 to 1), and what it saw. */
export type Recognition = {
  readonly confidence: number;
  readonly method: ExampleMethod | null;
  readonly why: string;
};

/** One shape of rows: recognises, reads and, where it is also a target, writes it. Pure; never throws on any JSON. */
export type Codec = {
  readonly name: ShapeName;
  /** The name people know it by. */
  readonly title: string;
  recognise(rows: readonly JsonObject[]): Recognition;
  read(row: JsonObject): ReadOutcome;
  /** Null for shapes that are only read. */
  readonly write: ((example: CanonicalExample, limits: FormatLimits) => WriteOutcome) | null;
  /** For shapes whose examples span several rows. */
  readonly join: RowJoin | null;
};

/** Rows that make one example together, such as the turns of a transcript. */
export type RowJoin = {
  /** Whether a row begins a new example, given the one before it. */
  beginsExample(row: JsonObject, previous: JsonObject): boolean;
  /** The conversation a row names, by which its rows are found wherever they stand; null where it names none. */
  groupOf(row: JsonObject): string | null;
  readAll(rows: readonly JsonObject[]): ReadOutcome;
};
