import { z } from 'zod';
import { finding, findingCounts } from '../datasets/datasets.model.ts';
import { exampleMethod, shapeName } from '../formats/formats.model.ts';
import { provenance } from './provenance.model.ts';

export const container = z.enum(['jsonl', 'json', 'csv', 'parquet', 'xlsx', 'pdf', 'text', 'images']);

/** What a person may choose about the reading of files; null is "find out". */
export const readChoices = z.object({
  container: container.nullable(),
  encoding: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .nullable(),
  delimiter: z.string().length(1).nullable(),
  hasHeader: z.boolean().nullable(),
  part: z.string().max(1024).nullable(),
  pdfAs: z.enum(['text', 'images']).nullable(),
});

const template = z.string().max(20_000);

/** How rows of any table become examples: a template a field, with `{{column}}` for what a row holds. */
export const mapping = z.object({
  method: exampleMethod,
  system: template,
  user: template,
  /** The assistant's answer (SFT). */
  answer: template,
  /** The better and the worse answer (DPO). */
  preferred: template,
  rejected: template,
  /** Fields that a grader reads (RFT), by name. */
  references: z.array(z.object({ name: z.string().trim().min(1).max(60), template })).max(20),
  /** Column with 0 or 1: whether the answer is learned from (SFT). */
  weight: z.string().nullable(),
  /** Column with the name or address of a picture that belongs to the user's message. */
  image: z.string().nullable(),
  /** One turn a row: rows with the same conversation that follow each other make one example. */
  transcript: z
    .object({
      conversation: z.string().nullable(),
      role: z.string(),
      text: z.string(),
      roles: z.record(z.string(), z.enum(['system', 'user', 'assistant', 'leave-out'])),
    })
    .nullable(),
  /** A row without a value that a template names: set aside with the reason, or with nothing in its place. */
  missing: z.enum(['set-aside', 'leave-empty']),
});
export type Mapping = z.infer<typeof mapping>;

/** How rows become examples: by the codec of a known shape, or by a mapping. */
export const shaping = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shape'), shape: shapeName }),
  z.object({ kind: z.literal('mapping'), mapping }),
]);
export type Shaping = z.infer<typeof shaping>;

/** Everything an import needs but the files: the same recipe on the same files gives the same data set. */
export const recipe = z.object({
  read: readChoices,
  shaping,
  /** A system prompt to add: where there is none, or in place of what is there. */
  system: z.object({ text: z.string().max(20_000), when: z.enum(['missing', 'always']) }).nullable(),
  provenance,
});
export type Recipe = z.infer<typeof recipe>;

/** A recipe kept under a name, in the workspace. */
export const savedRecipe = z.object({
  recipeId: z.string(),
  name: z.string(),
  createdAt: z.number().int(),
  usedAt: z.number().int().nullable(),
  recipe,
});
export type SavedRecipe = z.infer<typeof savedRecipe>;

/** A recipe as a file: `format` and `version` say what it is to whoever finds it. */
export const recipeFile = z.object({
  format: z.literal('lapidary-import-recipe'),
  version: z.literal(1),
  name: z.string().trim().min(1).max(120),
  recipe,
});

/** Why rows are taken for a shape, or not; `confidence` 0 to 1. */
export const recognition = z.object({
  shape: shapeName,
  title: z.string(),
  confidence: z.number().min(0).max(1),
  method: exampleMethod.nullable(),
  why: z.string(),
});
export type ShapeRecognition = z.infer<typeof recognition>;

/** A column of a table, as far as the first rows tell. */
export const column = z.object({
  name: z.string(),
  filled: z.number().int(),
  samples: z.array(z.string()).max(3),
  /** Number of different values among the first rows. */
  distinct: z.number().int(),
  isLong: z.boolean(),
});
export type Column = z.infer<typeof column>;

/** A row that was set aside, with its place. */
export const setAside = z.object({
  file: z.string(),
  line: z.number().int(),
  byteOffset: z.number().int().nullable(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
});
export type SetAside = z.infer<typeof setAside>;

const encoding = z.object({
  name: z.string(),
  isUtf8: z.boolean(),
  firstBadByte: z.object({ offset: z.number().int(), value: z.number().int() }).nullable(),
  /** Encodings worth a try, likeliest first, each with the beginning of the text as it would read. */
  others: z.array(z.object({ name: z.string(), preview: z.string() })),
});

/** What a file was found to be. */
export const inspectedFile = z.object({
  fileId: z.string(),
  name: z.string(),
  sizeBytes: z.number().int(),
  container,
  packing: z.enum(['none', 'gz', 'zip']),
  encoding: encoding.nullable(),
  delimiter: z.string().nullable(),
  hasHeader: z.boolean().nullable(),
  parts: z.array(z.string()),
  notes: z.array(z.string()),
});
export type InspectedFile = z.infer<typeof inspectedFile>;

/** What the files are, what their rows look like, and what to do with them. */
export const inspection = z.object({
  files: z.array(inspectedFile),
  columns: z.array(column),
  /** Known shapes the rows may have, surest first. */
  recognitions: z.array(recognition),
  /** The first rows as JSON text. */
  sample: z.array(z.string()),
  setAside: z.array(setAside),
  /** What would be done without a word from the user; its shape only when it is sure. */
  suggestion: recipe,
  isSure: z.boolean(),
});
export type Inspection = z.infer<typeof inspection>;

/** An example as an import would make it, before it is one; `value` is JSON with long texts cut. */
export const previewExample = z.object({
  file: z.string(),
  line: z.number().int(),
  value: z.unknown(),
  findings: z.array(finding),
  /** What the example could not take over from its row. */
  losses: z.array(z.object({ field: z.string(), reason: z.string() })),
});
export type PreviewExample = z.infer<typeof previewExample>;

/** The first results of a recipe. Counts are over the rows that were looked at. */
export const preview = z.object({
  rowsRead: z.number().int(),
  examples: z.array(previewExample).max(50),
  setAside: z.array(setAside),
  findingCounts,
  codes: z.array(
    z.object({ code: z.string(), severity: finding.shape.severity, examples: z.number().int() }),
  ),
  /** True when these are all rows there are. */
  isWhole: z.boolean(),
});
export type Preview = z.infer<typeof preview>;
