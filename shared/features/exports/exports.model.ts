import { z } from 'zod';
import { splitName } from '../datasets/datasets.model.ts';
import { exampleFilter } from '../datasets/filter.model.ts';

/** A part of a data set: a split, or what no split was given to. */
export const exportPart = z.union([splitName, z.literal('unassigned')]);
export type ExportPart = z.infer<typeof exportPart>;

/** Which examples leave: all, some splits, what a filter shows now, or those of a frozen version. */
export const exportChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('splits'), parts: z.array(exportPart).min(1) }),
  z.object({ kind: z.literal('filter'), filter: exampleFilter }),
  z.object({ kind: z.literal('version'), versionId: z.string() }),
]);
export type ExportChoice = z.infer<typeof exportChoice>;

/** A field that the target cannot hold, in how many rows, and why. */
export const exportLoss = z.object({
  field: z.string(),
  rows: z.number().int().positive(),
  reason: z.string(),
});
export type ExportLoss = z.infer<typeof exportLoss>;

/** Rows that the target cannot hold, for one reason; `lines` are the first of them in the file that was imported. */
export const exportSkip = z.object({
  reason: z.string(),
  rows: z.number().int().positive(),
  lines: z.array(z.number().int()),
});
export type ExportSkip = z.infer<typeof exportSkip>;

/** What an export writes, leaves out and loses. `sizeBytes` is of the rows before packing into a table. */
export const exportReport = z.object({
  examples: z.number().int(),
  written: z.number().int(),
  /** Rows that leave byte for byte as they are stored: as they came in, unless they were edited here. */
  untouched: z.number().int(),
  sizeBytes: z.number().int(),
  losses: z.array(exportLoss),
  skipped: z.array(exportSkip),
});
export type ExportReport = z.infer<typeof exportReport>;

/** What stops an export, in the words of who stops it. */
export const exportBlock = z.object({ unresolved: z.number().int(), what: z.string(), todo: z.string() });
